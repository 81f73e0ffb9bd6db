namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>Why a model was refused.</summary>
public enum ModelFault
{
    NoManifest,
    BadManifest,
    MissingFile,

    /// <summary>A file has another size or digest than the manifest says: truncated, replaced or tampered with.</summary>
    WrongDigest,

    /// <summary>A file is encrypted and no key was given.</summary>
    NoKey,

    /// <summary>A file is encrypted with another key, or was changed after encryption.</summary>
    WrongKey,

    /// <summary>The files are as the manifest says, but ONNX Runtime can't use them as it describes.</summary>
    Unusable,
}
