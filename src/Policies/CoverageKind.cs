namespace EdgeFilter.Policies;

/// <summary>Why a part of a body counts as not, or not fully, inspected.</summary>
public enum CoverageKind
{
    Image,

    Audio,

    Video,

    /// <summary>Any other file that is no text: PDF, office documents, archives.</summary>
    File,

    /// <summary>Text as token ids or embeddings.</summary>
    TokenIds,

    /// <summary>Text that the provider stores and this body only refers to.</summary>
    StoredHistory,

    /// <summary>Encrypted or signed by the provider.</summary>
    Sealed,

    /// <summary>A part, item or block of a type that the protocol's description doesn't know; its text was inspected as untrusted.</summary>
    UnknownType,

    /// <summary>A member that the protocol's description doesn't know; its text was inspected as untrusted.</summary>
    UnknownField,

    /// <summary>JSON inside a string that readers could disagree on; its text was inspected as it stands.</summary>
    UnreadJson,
}
