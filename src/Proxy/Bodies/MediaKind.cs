namespace EdgeFilter.Proxy.Bodies;

/// <summary>What a place with media holds, before anyone has looked inside.</summary>
internal enum MediaKind : byte
{
    None,
    Image,
    Audio,
    Video,
    File,
}
