using System.Buffers;
using EdgeFilter.Policies;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols;
using EdgeFilter.Proxy.WireProtocols.Lines;
using Microsoft.Extensions.Primitives;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>
/// Filters the lines of a file that comes back, each as the body that it holds. A blocked line becomes the line of a request that
/// failed; a line that is no JSON is filtered as text.
/// </summary>
internal sealed class LineFilter(BodyFilter filter)
{
    /// <summary>True for a file that may be JSON Lines.</summary>
    /// <param name="beginning">Its first line, or a part of that.</param>
    public static bool BeginsLikeLines(ReadOnlySpan<byte> beginning) => beginning.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];

    /// <summary>Begins a file; dispose of the result when it has ended.</summary>
    public Run Begin(Exchange exchange, StringValues languages) => new(filter, exchange, languages);

    /// <summary>One file.</summary>
    internal sealed class Run(BodyFilter filter, Exchange exchange, StringValues languages) : IDisposable
    {
        private readonly JsonBody body = JsonBody.Rent();
        private CompiledRule? blockedBy;
        private long number;

        /// <summary>The rule that blocked a line since the last call; null when none did.</summary>
        public CompiledRule? TakeBlock()
        {
            var rule = blockedBy;
            blockedBy = null;
            return rule;
        }

        /// <summary>Filters one line and writes it.</summary>
        /// <param name="line">With its end.</param>
        public BodyProblem? Judge(ReadOnlyMemory<byte> line, ArrayBufferWriter<byte> output)
        {
            number++;
            var content = line[..line.Span.TrimEnd("\r\n"u8).Length];
            if (content.Span.ContainsAnyExcept(" \t"u8))
            {
                Judge(content, output, Read(content));
            }
            else
            {
                output.Write(content.Span);
            }

            output.Write(line.Span[content.Length..]);
            return null;
        }

        public void Dispose() => body.Dispose();

        private LineBody? Read(ReadOnlyMemory<byte> content)
        {
            var (kind, problem) = LineBodies.Of(content, body);
            if (problem is null && body.Read(content, kind.Map) is null && body.ContainerCount > 0)
            {
                return kind;
            }

            body.ReadText(content, FileTable.Document);
            return null;
        }

        private void Judge(ReadOnlyMemory<byte> content, ArrayBufferWriter<byte> output, LineBody? kind)
        {
            var splicer = new JsonSplicer(body);
            var verdict = filter.JudgeRead(body, splicer, Direction.Output, exchange, $"line {number}: ");
            if (verdict.BlockedBy is { } rule)
            {
                blockedBy ??= rule;
                LineBlocks.Replace(kind ?? LineBody.None, body, splicer, Refusals.NoticeOf(rule, exchange.RequestId, languages));
            }

            if (splicer.HasEdits)
            {
                splicer.WriteTo(output);
            }
            else
            {
                output.Write(content.Span);
            }
        }
    }
}
