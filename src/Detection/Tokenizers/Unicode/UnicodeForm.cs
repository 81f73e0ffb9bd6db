namespace EdgeFilter.Detection.Tokenizers.Unicode;

/// <summary>The normalisation forms of Unicode Standard Annex 15.</summary>
internal enum UnicodeForm
{
    Nfc,
    Nfd,
    Nfkc,
    Nfkd,
}
