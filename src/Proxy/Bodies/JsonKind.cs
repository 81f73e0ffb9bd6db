namespace EdgeFilter.Proxy.Bodies;

/// <summary>What a leaf of a body is.</summary>
internal enum JsonKind : byte
{
    /// <summary>The name of a member.</summary>
    Name,
    String,
    Number,
    True,
    False,
    Null,

    /// <summary>UTF-8 text outside of JSON, which stands for itself: a form's field, a file, a whole body.</summary>
    Plain,

    /// <summary>A form's parameter, between quotes: a file's name.</summary>
    Quoted,

    /// <summary>Bytes that are no text.</summary>
    Binary,
}
