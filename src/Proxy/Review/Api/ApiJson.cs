using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeFilter.Proxy.Review;

/// <summary>How the console's API writes and reads JSON: words as policies spell them, nothing unknown accepted.</summary>
internal static class ApiJson
{
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.MaxDepth = 16;
        return options;
    }
}

/// <summary>Why a call was refused, for the person in front of the screen.</summary>
internal sealed record ApiProblem(string Problem);
