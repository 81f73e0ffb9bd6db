namespace EdgeFilter.Detection.Normalization;

/// <summary>Receives the texts that encodings hide.</summary>
internal interface IFragmentSink
{
    /// <summary>A decoded text with its map. It is not final when the encoded run may go on in text to come.</summary>
    void Judge(ViewText fragment);

    /// <summary>What begins at this original offset may still turn out to be encoded text.</summary>
    void Hold(int original);
}
