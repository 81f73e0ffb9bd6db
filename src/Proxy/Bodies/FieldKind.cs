namespace EdgeFilter.Proxy.Bodies;

/// <summary>What a place in a protocol's bodies carries, in the words of the protocol tables.</summary>
internal enum FieldKind : byte
{
    /// <summary>Not in the description. Strings are inspected as untrusted metadata.</summary>
    Unknown,

    /// <summary><c>text</c>: read by a model or a person. Inspected, may be changed.</summary>
    Text,

    /// <summary><c>json</c>: text that holds a JSON document, such as a tool call's arguments. Inspected at both levels, may be changed.</summary>
    Json,

    /// <summary>
    /// <c>lines</c>: a file. JSON Lines are read line by line, each as the body that it holds; any other text as one text. May be changed.
    /// </summary>
    Lines,

    /// <summary><c>opaque</c>: ids, names, machine contracts. Inspected, so that it can block; never changed.</summary>
    Opaque,

    /// <summary><c>sealed</c>: signed, encrypted or otherwise unreadable. Never changed; inspected only if it isn't what it claims to be.</summary>
    Sealed,

    /// <summary><c>word</c>: one of a protocol's own words. Never changed; inspected unless it looks like such a word.</summary>
    Word,

    /// <summary><c>number</c>: numbers and flags that steer the service. Strings in its place are inspected as opaque.</summary>
    Number,

    /// <summary><c>media</c>: an image, sound or file, inline or by URL. Typed, sized and listed in coverage; text inside is read where it can be.</summary>
    Media,

    /// <summary><c>tokens</c>: text as token ids or embeddings. Can't be read; strings in its place are inspected as text.</summary>
    Tokens,

    /// <summary><c>history</c>: a reference to text that the provider stores. Never changed; listed in coverage.</summary>
    History,

    /// <summary><c>credential</c>: a key or token meant for the receiver. Never changed, never recorded.</summary>
    Credential,
}
