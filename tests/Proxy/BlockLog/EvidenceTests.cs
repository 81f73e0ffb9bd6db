using EdgeFilter.Policies;
using EdgeFilter.Policies.Testing;
using EdgeFilter.Proxy.BlockLog;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeFilter.Proxy.Tests.BlockLog;

public sealed class EvidenceTests : IDisposable
{
    private const string Request = "req_0123";
    private readonly string _folder = Directory.CreateTempSubdirectory("edgefilter-evidence-").FullName;
    private readonly EvidenceSealer _sealer;
    private readonly EvidenceOpener _opener;

    public EvidenceTests()
    {
        (_sealer, _opener) = Pair("one");
    }

    [Fact]
    public void TryOpen_WithItsKey_GivesTheTextBack() => Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
    {
        // What is no text (half a surrogate pair) becomes the replacement character, as it would in any JSON.
        var expected = System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text.Get));
        var opened = _opener.TryOpen(_sealer.Seal(text.Get, 0, 0, Request, "messages[0].content", SegmentRole.User), Request);
        return opened == new OpenedEvidence(0, expected);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void TryOpen_LongText_HoldsWhatSurroundsTheFinding()
    {
        var text = new string('a', 50_000) + "NEEDLE" + new string('b', 50_000);

        var opened = _opener.TryOpen(_sealer.Seal(text, 0, 50_000, Request, "", SegmentRole.User), Request)!;

        Assert.Equal(EvidenceSealer.MaxLength, opened.Text.Length);
        Assert.Equal(50_000 - opened.Start, opened.Text.IndexOf("NEEDLE", StringComparison.Ordinal));
    }

    [Fact]
    public void TryOpen_AnotherKey_OrRequest_OrAnAlteredByte_GivesNothing()
    {
        var evidence = _sealer.Seal("4111 1111 1111 1111", 0, 0, Request, "", SegmentRole.User);
        using var other = Pair("two").Opener;

        Assert.Null(other.TryOpen(evidence, Request));
        Assert.Null(_opener.TryOpen(evidence, "req_4567"));
        for (var i = 0; i < evidence.Sealed.Length; i++)
        {
            var altered = evidence.Sealed.ToArray();
            altered[i] ^= 1;
            Assert.Null(_opener.TryOpen(evidence with { Sealed = altered }, Request));
            Assert.Null(_opener.TryOpen(evidence with { Sealed = altered[..i] }, Request));
        }
    }

    [Fact]
    public void Seal_TextsOfSimilarLength_AreEquallyLong()
    {
        Assert.Equal(Length("1"), Length(new string('1', 100)));

        int Length(string text) => _sealer.Seal(text, 0, 0, Request, "", SegmentRole.User).Sealed.Length;
    }

    [Fact]
    public void Load_PrivateKey_IsRefused()
    {
        var refused = Assert.Throws<InvalidDataException>(() => EvidenceSealer.Load(Path.Combine(_folder, "one.key")));
        Assert.Contains("must not have it", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OtherCurve_IsRefused()
    {
        using var key = System.Security.Cryptography.ECDiffieHellman.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP384);
        var path = Path.Combine(_folder, "p384.pub");
        File.WriteAllText(path, key.ExportSubjectPublicKeyInfoPem());

        Assert.Throws<InvalidDataException>(() => EvidenceSealer.Load(path));
    }

    [Fact]
    public void Record_MoreEvidenceThanFits_KeepsWhatFits()
    {
        var one = _sealer.Seal(new string('x', 9_000), 0, 0, Request, "", SegmentRole.User);
        var record = Some.Record() with { Evidence = [.. Enumerable.Repeat(one, 50)] };

        Assert.InRange(record.Evidence!.Sum(evidence => evidence.Sealed.Length), 1, SealedEvidence.MaxBytesPerRecord);
        Assert.InRange(RecordJson.Serialize(record).Length, 1, RecordJson.MaxLength);
    }

    [Fact]
    public void StreamedText_LongerThanKept_OpensWithItsPlace()
    {
        var text = new StreamedText();
        for (var i = 0; i < 10_000; i++)
        {
            text.Add($"{i:D6} ");
        }

        var opened = _opener.TryOpen(text.Seal(_sealer, 69_993, Request, "", SegmentRole.Assistant), Request)!;

        Assert.True(text.IsEmpty);
        Assert.Equal("009999 ", opened.Text[(69_993 - opened.Start)..]);
    }

    [Fact]
    public async Task OpenEvidence_FromLogAndExports_IsACorpus_AndIsNoted()
    {
        using var log = new LogFolder();
        await using (var writer = log.OpenWriter())
        {
            await writer.AppendAsync(Some.Record(1), CancellationToken.None);
            await writer.AppendAsync(With(Some.Record(2), "mi NIF es 12345678Z"), CancellationToken.None);
        }

        var (plain, chained) = (Path.Combine(_folder, "plain.jsonl"), Path.Combine(_folder, "chain.jsonl"));
        LogCommandTests.Run("export", "--log", log.Database, "--output", plain);
        LogCommandTests.Run("export", "--log", log.Database, "--chain", "--output", chained);
        foreach (var from in new[] { new[] { "--log", log.Database }, ["--export", plain], ["--export", chained] })
        {
            var (code, output, errors) = LogCommandTests.Run(["open-evidence", "--key", Path.Combine(_folder, "one.key"), .. from]);

            Assert.Equal((0, ""), (code, errors));
            var text = CorpusText.Parse(output.Trim(), 1);
            Assert.Equal(("mi NIF es 12345678Z", "tenant-2", "EU", "/openai"), (text.Text, text.Context.Tenant, text.Context.Region, text.Context.Route));
        }

        using var database = new EdgeFilter.Proxy.Review.ReviewDatabase(Path.Combine(log.Path, "review.db"));
        Assert.Equal("evidence opened", Assert.Single(new EdgeFilter.Proxy.Review.AuditTrail(database, TimeProvider.System).Read(long.MaxValue, 10)).Action);
    }

    [Fact]
    public async Task OpenEvidence_OtherKey_OpensNothingAndSaysSo()
    {
        using var log = new LogFolder();
        await using (var writer = log.OpenWriter())
        {
            await writer.AppendAsync(With(Some.Record(2), "secret"), CancellationToken.None);
        }

        Pair("two").Opener.Dispose();
        var (code, output, errors) = LogCommandTests.Run("open-evidence", "--key", Path.Combine(_folder, "two.key"), "--log", log.Database);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains("1 texts are sealed to another key", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erase_RecordWithEvidence_LeavesNothingOfIt()
    {
        using var log = new LogFolder();
        var record = With(Some.Record(2), "secret");
        await using (var writer = log.OpenWriter())
        {
            await writer.AppendAsync(record, CancellationToken.None);
        }

        LogCommandTests.Run("erase", "--log", log.Database, "--id", record.Id.ToString("D"), "--yes");

        var needle = Convert.ToBase64String(record.Evidence![0].Sealed)[..64];
        foreach (var file in Directory.EnumerateFiles(log.Path))
        {
            Assert.DoesNotContain(needle, System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)), StringComparison.Ordinal);
        }

        Assert.True(log.Verify().IsIntact);
    }

    public void Dispose()
    {
        _opener.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private BlockRecord With(BlockRecord record, string text) =>
        record with { Evidence = [_sealer.Seal(text, 0, 0, record.RequestId, "messages[0].content", SegmentRole.User)] };

    private (EvidenceSealer Sealer, EvidenceOpener Opener) Pair(string name)
    {
        var pair = EvidenceKeyPair.Create();
        File.WriteAllBytes(Path.Combine(_folder, name + ".key"), pair.PrivatePem);
        File.WriteAllBytes(Path.Combine(_folder, name + ".pub"), pair.PublicPem);
        return (EvidenceSealer.Load(Path.Combine(_folder, name + ".pub")), EvidenceOpener.Load(Path.Combine(_folder, name + ".key")));
    }
}
