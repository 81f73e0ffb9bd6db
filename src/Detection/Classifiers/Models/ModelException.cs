namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>A model can't be used. The message names model and file, says why, and what to do.</summary>
public sealed class ModelException : Exception
{
    public ModelException(string model, ModelFault fault, string message, Exception? inner = null)
        : base(message, inner)
    {
        Model = model;
        Fault = fault;
    }

    /// <summary>The model's name, or its folder's where the manifest could not be read.</summary>
    public string Model { get; }

    public ModelFault Fault { get; }
}
