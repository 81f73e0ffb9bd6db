using EdgeFilter.Detection.Classifiers;
using EdgeFilter.Detection.Classifiers.Models;
using EdgeFilter.Detection.Tokenizers;

namespace EdgeFilter.Detection.Tests.Classifiers.Transformers;

public sealed class TransformerClassifierTests
{
    [Theory]
    [InlineData("bert")]
    [InlineData("roberta")]
    [InlineData("deberta")]
    [InlineData("bert-int8")]
    [InlineData("bert-fp16")]
    public void Score_TextsOfEveryLength_AreThoseOfPyTorch(string model)
    {
        using var models = new OwnModels(model);
        using var store = models.Open();
        var classifier = store.Find(model) ?? throw new InvalidOperationException(store.Models[0].Refused?.Message);
        var scores = new float[classifier.Labels.Count];
        for (var i = 0; i < OwnModels.Texts.Length; i++)
        {
            classifier.Score(OwnModels.Texts[i], scores);
            var expected = OwnModels.Scores(model)[i];
            for (var label = 0; label < scores.Length; label++)
            {
                // A rounding step of the int8 and fp16 models is wider than the difference between two libraries.
                Assert.Equal(expected[label], scores[label], model.Contains('-', StringComparison.Ordinal) ? 0.02 : 0.0005);
            }
        }
    }

    [Theory]
    [InlineData("bert")]
    [InlineData("roberta")]
    [InlineData("deberta")]
    public void Encode_TextsOfEveryLength_GivesTheReferencesIds(string model)
    {
        using var models = new OwnModels(model);
        var tokenizer = Tokenizer.Read(File.ReadAllBytes(models.FileOf(model, "tokenizer.json")));
        var encoded = new EncodedText();
        for (var i = 0; i < OwnModels.Texts.Length; i++)
        {
            tokenizer.Encode(OwnModels.Texts[i], encoded);
            Assert.Equal(OwnModels.Ids(model)[i], encoded.Ids.ToArray());
        }
    }

    [Theory]
    [InlineData("bert")]
    [InlineData("bert-int8")]
    public void Score_ManyCallersAtOnce_ChangeNobodysScoreByABit(string model)
    {
        using var models = new OwnModels(model);
        using var store = models.Open(new ModelRuntimeOptions { CacheEntries = 0, Threads = 2, ThreadsPerRun = 1, LongestWait = TimeSpan.FromMinutes(1), Deadline = TimeSpan.FromMinutes(1) });
        var classifier = store.Find(model)!;
        var texts = Enumerable.Range(0, 40).Select(i => string.Concat(Enumerable.Repeat("the weather in paris and berlin is nice. ", 1 + (i % 6))) + i).ToArray();
        var alone = texts.Select(t => Score(classifier, t)).ToArray();

        Parallel.For(0, texts.Length * 20, new ParallelOptions { MaxDegreeOfParallelism = 16 }, i => Assert.Equal(alone[i % texts.Length], Score(classifier, texts[i % texts.Length])));
    }

    [Fact]
    public void Score_SameTextTwice_IsAskedOnce()
    {
        using var models = new OwnModels("bert");
        using var store = models.Open();
        var classifier = store.Find("bert")!;
        var first = Score(classifier, "please summarise");
        store.Dispose();

        Assert.Equal(first, Score(classifier, "please summarise"));
        Assert.Throws<ClassifierException>(() => Score(classifier, "please summarise this"));
    }

    [Fact]
    public void Score_DeadlineThatNobodyKeeps_IsAFailure()
    {
        using var models = new OwnModels("bert");
        using var store = models.Open(new ModelRuntimeOptions { Deadline = TimeSpan.FromTicks(1) });

        var failed = Assert.Throws<ClassifierException>(() => Score(store.Find("bert")!, "nice"));

        Assert.Contains("in time", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_Manifest_AddsThresholdsAndWindow()
    {
        using var models = new OwnModels("bert");
        File.WriteAllText(models.FileOf("bert", "manifest.yaml"), """
            model: bert
            version: 2.1.0
            title: A test
            licence: MIT
            task: multi-label
            labels:
              - { label: attack, thresholds: { balanced: { at: 0.7, false-alarms: 0.01 } } }
            window: { length: 512, overlap: 64 }
            """);
        using var store = models.Open();
        var classifier = store.Find("bert")!;

        Assert.Equal((0.7f, null), (classifier.NamedThreshold("attack", "balanced"), classifier.NamedThreshold("harmless", "balanced")));
        Assert.Equal((512, "2.1.0", ModelTask.MultiLabel), (classifier.WindowLength, store.Models[0].Manifest!.Version, store.Models[0].Manifest!.Task));
        Assert.Equal(["harmless", "attack"], classifier.Labels);
    }

    [Theory]
    [InlineData("config.json", "\"id2label\"", "\"id3label\"", ModelFault.BadManifest, "id2label is missing")]
    [InlineData("config.json", "ForSequenceClassification", "ForMaskedLM", ModelFault.BadManifest, "classifies nothing")]
    [InlineData("config.json", "ForSequenceClassification", "ForTokenClassification", ModelFault.Unusable, "configuration that of another model")]
    [InlineData("config.json", "\"problem_type\": null", "\"problem_type\": \"regression\"", ModelFault.BadManifest, "is not a classification")]
    [InlineData("config.json", "\"1\": \"attack\"", "\"1\": \"attack\", \"2\": \"more\"", ModelFault.Unusable, "configuration that of another model")]
    [InlineData("config.json", "\"1\": \"attack\"", "\"7\": \"attack\"", ModelFault.BadManifest, "without a gap")]
    [InlineData("config.json", "{", "[", ModelFault.BadManifest, "not valid JSON")]
    [InlineData("config.json", "\"max_position_embeddings\": 32", "\"max_position_embeddings\": 512", ModelFault.Unusable, "those of one model")]
    [InlineData("tokenizer.json", "\"##z\":", "\"##zz\":9999,\"##z\":", ModelFault.Unusable, "those of one model")]
    [InlineData("tokenizer.json", "WordPiece", "Magic", ModelFault.Unusable, "'Magic' is not supported")]
    public void Open_FilesThatDontBelongTogether_AreRefused(string file, string from, string to, ModelFault fault, string why)
    {
        using var models = new OwnModels("bert");
        models.Edit("bert", file, from, to);
        using var store = models.Open();

        var refused = Assert.Single(store.Models).Refused;
        Assert.Equal(fault, refused?.Fault);
        Assert.Contains(why, refused!.Message, StringComparison.Ordinal);
        Assert.Null(store.Find("bert"));
    }

    [Theory]
    [InlineData("model.onnx")]
    [InlineData("config.json")]
    [InlineData("tokenizer.json")]
    public void Open_FileMissing_SaysWhich(string file)
    {
        using var models = new OwnModels("bert");
        File.Delete(models.FileOf("bert", file));
        using var store = models.Open();

        Assert.Equal(ModelFault.MissingFile, store.Models[0].Refused?.Fault);
        Assert.Contains($"bert/{file} is missing", store.Models[0].Refused!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_GraphCutOff_IsRefused()
    {
        using var models = new OwnModels("bert");
        var file = models.FileOf("bert", "model.onnx");
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..20_000]);
        using var store = models.Open();

        Assert.Equal(ModelFault.Unusable, store.Models[0].Refused?.Fault);
        Assert.Contains("cut off", store.Models[0].Refused!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ByteChangedUnderAManifestWithDigests_IsRefused()
    {
        using var models = new OwnModels("bert");
        using (var store = models.Open())
        {
            var files = string.Join("\n", store.Models[0].Manifest!.Files.Select(f => $"  - {{ name: {f.Name}, sha256: {f.Sha256}, bytes: {f.Bytes} }}"));
            File.WriteAllText(models.FileOf("bert", "manifest.yaml"), $"model: bert\nversion: 1.0.0\ntitle: A test\nlicence: MIT\nfiles:\n{files}\n");
        }

        using (var store = models.Open())
        {
            Assert.Null(store.Models[0].Refused);
        }

        models.Edit("bert", "config.json", "harmless", "harmfull");
        using var changed = models.Open();
        Assert.Equal(ModelFault.WrongDigest, changed.Models[0].Refused?.Fault);
    }

    [Fact]
    public void Open_Encrypted_NeedsTheRightKey()
    {
        using var models = new OwnModels("bert");
        using var key = ModelKey.Random();
        ModelStore.Encrypt(models.Root, "bert", key);
        Assert.False(File.Exists(models.FileOf("bert", "tokenizer.json")));

        using (var right = models.Open(key: key))
        {
            Assert.Null(right.Models[0].Refused);
            Assert.True(right.Models[0].IsEncrypted);
        }

        using var other = ModelKey.Random();
        using var wrong = models.Open(key: other);
        using var none = models.Open();
        Assert.Equal((ModelFault.WrongKey, ModelFault.NoKey), (wrong.Models[0].Refused!.Fault, none.Models[0].Refused!.Fault));
    }

    [Theory]
    [InlineData("warp", "there is no execution provider 'warp'")]
    [InlineData("qnn", "the native ONNX Runtime library has no qnn")]
    public void Open_ExecutionProviderThatIsNotThere_SaysWhatIs(string provider, string why)
    {
        using var models = new OwnModels("bert");
        using var store = models.Open(new ModelRuntimeOptions { ExecutionProvider = provider });

        Assert.Contains(why, store.Models[0].Refused?.Message ?? "", StringComparison.Ordinal);
    }

    private static float[] Score(ITextClassifier classifier, string text)
    {
        var scores = new float[classifier.Labels.Count];
        classifier.Score(text, scores);
        return scores;
    }
}
