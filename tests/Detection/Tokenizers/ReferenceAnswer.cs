namespace EdgeFilter.Detection.Tests.Tokenizers;

/// <summary>Ids, and places in code points.</summary>
internal sealed record ReferenceAnswer(int[] Ids, (int Start, int End)[] Places);
