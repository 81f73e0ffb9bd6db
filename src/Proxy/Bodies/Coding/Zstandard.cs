using System.Buffers;
using System.Runtime.InteropServices;

namespace EdgeFilter.Proxy.Bodies.Coding;

/// <summary>
/// Zstandard by the system's libzstd, where there is one: the framework has none of its own. Bindings follow zstd.h, whose stable
/// part has not changed since 1.4.
/// </summary>
internal static unsafe class Zstandard
{
    private const int WindowLogMax = 100;
    private const int LargestWindowLog = 27;

    private static readonly Library? Loaded = Library.TryLoad();

    public static bool IsAvailable => Loaded is not null;

    /// <summary>Decodes exactly one frame, and nothing behind it.</summary>
    public static BodyProblem? Decode(ReadOnlySpan<byte> body, BodyLimits limits, ArrayBufferWriter<byte> output)
    {
        var library = Loaded ?? throw new InvalidOperationException("libzstd is not on this system.");
        var context = library.Create();
        if (context == 0)
        {
            return CodingProblems.Damaged();
        }

        try
        {
            library.SetParameter(context, WindowLogMax, LargestWindowLog);
            fixed (byte* source = body)
            {
                return Decode(library, context, source, body.Length, limits, output);
            }
        }
        finally
        {
            library.Free(context);
        }
    }

    private static BodyProblem? Decode(
        Library library, nint context, byte* source, int length, BodyLimits limits, ArrayBufferWriter<byte> output)
    {
        var input = new Piece { Bytes = source, Size = (nuint)length };
        while (true)
        {
            var room = output.GetSpan(16 * 1024);
            var before = input.Position;
            nuint written;
            nuint wanted;
            fixed (byte* destination = room)
            {
                var target = new Piece { Bytes = destination, Size = (nuint)room.Length };
                wanted = library.Decompress(context, &target, &input);
                written = target.Position;
            }

            if (library.IsError(wanted) != 0)
            {
                return CodingProblems.Damaged();
            }

            output.Advance((int)written);
            if (!limits.Allows(output.WrittenCount, length))
            {
                return CodingProblems.TooLarge();
            }

            if (wanted == 0)
            {
                return input.Position == input.Size ? null : CodingProblems.Damaged();
            }

            if (written == 0 && input.Position == before)
            {
                return CodingProblems.Damaged(); // it wants more than there is: cut off
            }
        }
    }

    // ZSTD_inBuffer and ZSTD_outBuffer share this layout.
    [StructLayout(LayoutKind.Sequential)]
    private struct Piece
    {
        public byte* Bytes;
        public nuint Size;
        public nuint Position;
    }

    private sealed class Library
    {
        public required delegate* unmanaged<nint> Create { get; init; }

        public required delegate* unmanaged<nint, nuint> Free { get; init; }

        public required delegate* unmanaged<nint, int, int, nuint> SetParameter { get; init; }

        public required delegate* unmanaged<nint, Piece*, Piece*, nuint> Decompress { get; init; }

        public required delegate* unmanaged<nuint, uint> IsError { get; init; }

        public static Library? TryLoad()
        {
            foreach (var name in new[] { "libzstd.so.1", "libzstd.1.dylib", "libzstd", "zstd" })
            {
                if (NativeLibrary.TryLoad(name, out var handle)
                    && NativeLibrary.TryGetExport(handle, "ZSTD_createDCtx", out var create)
                    && NativeLibrary.TryGetExport(handle, "ZSTD_freeDCtx", out var free)
                    && NativeLibrary.TryGetExport(handle, "ZSTD_DCtx_setParameter", out var set)
                    && NativeLibrary.TryGetExport(handle, "ZSTD_decompressStream", out var decompress)
                    && NativeLibrary.TryGetExport(handle, "ZSTD_isError", out var isError))
                {
                    return new Library
                    {
                        Create = (delegate* unmanaged<nint>)create,
                        Free = (delegate* unmanaged<nint, nuint>)free,
                        SetParameter = (delegate* unmanaged<nint, int, int, nuint>)set,
                        Decompress = (delegate* unmanaged<nint, Piece*, Piece*, nuint>)decompress,
                        IsError = (delegate* unmanaged<nuint, uint>)isError,
                    };
                }
            }

            return null;
        }
    }
}
