namespace EdgeFilter.Proxy.WireProtocols;

/// <summary>What the answers of an API may be.</summary>
internal enum AnswerKind
{
    /// <summary>JSON, or a stream of it.</summary>
    Json,

    /// <summary>JSON, or one text: a transcript, plain or with the times of its subtitles.</summary>
    Text,

    /// <summary>A stored file as it is: JSON Lines, text, or bytes.</summary>
    File,

    /// <summary>JSON where something is wrong; otherwise sound or pictures.</summary>
    Media,
}
