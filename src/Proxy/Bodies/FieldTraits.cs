namespace EdgeFilter.Proxy.Bodies;

/// <summary>What a place in a protocol's bodies means beyond its text.</summary>
[Flags]
internal enum FieldTraits : ushort
{
    None = 0,

    /// <summary><c>role</c>: the member that says who speaks in the object that holds it.</summary>
    Role = 1,

    /// <summary><c>type</c>: the member that says what the object that holds it is.</summary>
    Type = 2,

    /// <summary><c>message</c>: the texts inside are read by a model as one.</summary>
    Message = 4,

    /// <summary><c>record</c>: names and values inside explain each other.</summary>
    Record = 8,

    /// <summary><c>choice</c>: one of several answers, each filtered by itself.</summary>
    Choice = 16,

    /// <summary><c>free</c>: names below are the sender's own.</summary>
    Free = 32,

    /// <summary><c>echo</c>: repeats or points into text that stands elsewhere; taken out when that text changes.</summary>
    Echo = 64,

    /// <summary><c>tool</c>: the member that names the tool in the object that holds it.</summary>
    Tool = 128,

    /// <summary><c>signature</c>: the member that proves the text beside it to the provider; emptied where that text changes.</summary>
    Signature = 256,
}
