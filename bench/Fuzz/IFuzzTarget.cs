namespace EdgeFilter.Bench.Fuzz;

/// <summary>A parser to try: throws when it does what it must not do.</summary>
internal interface IFuzzTarget
{
    /// <summary>What the command line calls it.</summary>
    string Name { get; }

    /// <summary>Inputs to damage.</summary>
    IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>Tries one input.</summary>
    /// <returns>False when the parser refused it at once: such inputs say little.</returns>
    bool Try(byte[] input, Random random);
}
