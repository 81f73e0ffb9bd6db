using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EdgeFilter.Policies.Combining;

/// <summary>Opens files, and nothing else that has a file's name: a named pipe would keep whoever opens it waiting for ever.</summary>
internal static partial class RegularFile
{
    private const int NotPermitted = 1;
    private const int Interrupted = 4;
    private const int AccessDenied = 13;

    /// <exception cref="NotAFileException">It is a pipe, a device or a socket.</exception>
    /// <exception cref="IOException">It can't be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public static FileStream Open(string path)
    {
        // O_RDONLY with O_NONBLOCK and O_CLOEXEC, whose values differ by system.
        var flags = OperatingSystem.IsLinux() ? 0x800 | 0x80000 : OperatingSystem.IsMacOS() ? 0x4 | 0x1000000 : 0;
        if (flags == 0)
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }

        int descriptor;
        do
        {
            descriptor = OpenNative(path, flags);
        }
        while (descriptor < 0 && Marshal.GetLastPInvokeError() == Interrupted);

        if (descriptor < 0)
        {
            throw Marshal.GetLastPInvokeError() is NotPermitted or AccessDenied ? new UnauthorizedAccessException() : new IOException();
        }

        var stream = new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Read, bufferSize: 0);
        if (stream.CanSeek)
        {
            return stream;
        }

        stream.Dispose();
        throw new NotAFileException();
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenNative(string path, int flags);
}

/// <summary>Something has a file's name and is none.</summary>
internal sealed class NotAFileException() : IOException("it is a pipe or a device, not a file.");
