using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace EdgeFilter.Proxy.Simulation;

/// <summary>What both simulated protocols share: whole JSON answers, request ids and a token count.</summary>
internal static class SimulatedBody
{
    public static async Task SendAsync(HttpContext context, int status, ScriptedAnswer answer, Action<Utf8JsonWriter> write)
    {
        if (answer.Pause > TimeSpan.Zero)
        {
            await Task.Delay(answer.Pause, context.RequestAborted);
        }

        if (answer.Fault is StreamFault.Drop)
        {
            context.Abort();
            return;
        }

        var body = new ArrayBufferWriter<byte>();
        SimulatedEvents.WriteJson(body, answer, write);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.WrittenCount;
        if (status == StatusCodes.Status429TooManyRequests)
        {
            context.Response.Headers.RetryAfter = "1";
        }

        await context.Response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }

    public static string RequestId(long number) => string.Create(CultureInfo.InvariantCulture, $"req_simulated{number:D6}");

    /// <summary>Four characters a token: near enough for numbers that only have to be plausible and stable.</summary>
    public static (int Input, int Output) CountTokens(PromptReader prompt, ScriptedAnswer answer) =>
        (1 + (prompt.LastUserText.Length / 4), 1 + ((answer.ToolName is null ? answer.Text : answer.ToolArguments).Length / 4));
}
