using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using EdgeFilter.Policies.Documents.Yaml;
using EdgeFilter.Policies.Validation;

namespace EdgeFilter.Policies.Documents.Shapes;

/// <summary>
/// What may be written at a place: read from YAML, and described as JSON Schema, by the same object, so that the reader and the
/// schema can't drift apart.
/// </summary>
internal abstract class Shape<T>
{
    /// <summary>What is wanted here, for a message: "a list of entity names, as in [EMAIL_ADDRESS]".</summary>
    public abstract string Wanted { get; }

    /// <summary>Reads a node and reports what is wrong with it. False when no value came out.</summary>
    public abstract bool TryRead(YamlNode node, ProblemList problems, [MaybeNullWhen(false)] out T value);

    public abstract JsonObject Schema(SchemaDefinitions definitions);

    protected bool Mismatch(YamlNode node, ProblemList problems)
    {
        if (node is YamlScalar scalar && PlainScalar.IsNull(scalar))
        {
            problems.Add(ProblemKinds.NoValue, node.At, $"there is no value here; write {Wanted}.");
        }
        else if (node is not YamlRefused)
        {
            problems.Add(ProblemKinds.WrongType, node.At, $"this is {node.Describe()}; write {Wanted}.");
        }

        return false;
    }
}
