namespace EdgeFilter.Detection.Classifiers.Models.Transformers;

/// <summary>What a graph's numbers say as probabilities.</summary>
internal static class Probabilities
{
    /// <summary>Sigmoid where each label stands for itself, softmax where they exclude each other.</summary>
    public static float[] Of(ReadOnlySpan<float> numbers, ModelTask task)
    {
        var result = new float[numbers.Length];
        if (task == ModelTask.MultiLabel)
        {
            for (var i = 0; i < result.Length; i++)
            {
                result[i] = 1 / (1 + MathF.Exp(-numbers[i]));
            }

            return result;
        }

        var highest = float.NegativeInfinity;
        foreach (var number in numbers)
        {
            highest = MathF.Max(highest, number);
        }

        var sum = 0f;
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = MathF.Exp(numbers[i] - highest);
            sum += result[i];
        }

        for (var i = 0; i < result.Length; i++)
        {
            result[i] /= sum;
        }

        return result;
    }
}
