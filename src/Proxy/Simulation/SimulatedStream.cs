namespace EdgeFilter.Proxy.Simulation;

/// <summary>Runs a scripted answer as a stream: paced, cut into deltas, and going wrong where the script says so.</summary>
internal static class SimulatedStream
{
    /// <param name="answer">The script.</param>
    /// <param name="protocol">Writes the events.</param>
    public static async Task RunAsync(ScriptedAnswer answer, ISimulatedStream protocol)
    {
        await protocol.BeginAsync();
        var sent = 0;
        foreach (var delta in Deltas.Cut(answer.ToolName is null ? answer.Text : answer.ToolArguments, answer.DeltaLength))
        {
            if (answer.Fault != StreamFault.None && sent == answer.FaultAfter && !await FailAsync(answer, protocol))
            {
                return;
            }

            if (answer.Pause > TimeSpan.Zero)
            {
                await Task.Delay(answer.Pause, protocol.Cancelled);
            }

            await protocol.SendDeltaAsync(delta);
            sent++;
        }

        await protocol.EndAsync();
    }

    /// <summary>True when the stream goes on afterwards.</summary>
    private static async Task<bool> FailAsync(ScriptedAnswer answer, ISimulatedStream protocol)
    {
        switch (answer.Fault)
        {
            case StreamFault.Drop:
                protocol.Drop();
                return false;
            case StreamFault.Stall:
                await Task.Delay(Timeout.Infinite, protocol.Cancelled);
                return false;
            case StreamFault.Error:
                await protocol.SendErrorAsync();
                return false;
            case StreamFault.Garbage or StreamFault.Unknown:
                await protocol.SendOddAsync(isReadable: answer.Fault == StreamFault.Unknown);
                return true;
            case StreamFault.Huge:
                await protocol.SendDeltaAsync(new string('a', 4 << 20));
                return true;
            default:
                return false;
        }
    }
}
