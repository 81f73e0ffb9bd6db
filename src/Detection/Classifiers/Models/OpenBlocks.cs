namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>Blocks of tokens that a screen leaves open, from the first of them to the one behind the last.</summary>
internal readonly record struct OpenBlocks(int Start, int End);
