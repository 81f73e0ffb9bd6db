using System.Diagnostics;
using System.Globalization;

namespace EdgeFilter.Acceptance.Hosting;

/// <summary>A volume of a few megabytes that only one child process sees, to be filled up or made writable behind its back.</summary>
/// <remarks>Made with a mount namespace of its own (util-linux's unshare), which some containers forbid.</remarks>
internal sealed class SmallDisk(string folder, bool readOnly)
{
    private const int Megabytes = 8;

    /// <summary>Set once the process runs that has the volume.</summary>
    public int ProcessId { get; set; }

    public static bool IsPossible { get; } = OperatingSystem.IsLinux() && Run("unshare", "-rm", "true") && Run("nsenter", "--version");

    /// <summary>The program and its arguments, on a volume of its own.</summary>
    public string[] Wrap(params string[] command) =>
    [
        "unshare", "-rm", "sh", "-c",
        string.Create(CultureInfo.InvariantCulture, $"mkdir -p \"$0\" && mount -t tmpfs -o size={Megabytes}m,{(readOnly ? "ro" : "rw")} tmpfs \"$0\" && exec \"$@\""), folder, .. command,
    ];

    public async Task FillAsync()
    {
        await using var filler = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1);
        try
        {
            for (var i = 0; i < Megabytes * 1024; i++)
            {
                await filler.WriteAsync(new byte[1024]);
            }
        }
        catch (IOException)
        {
            // Full: that is what was wanted.
            return;
        }

        throw new InvalidOperationException("The volume didn't fill up.");
    }

    public void Free() => File.Delete(Filler);

    public void MakeWritable()
    {
        if (!Run("nsenter", "-t", ProcessId.ToString(CultureInfo.InvariantCulture), "-m", "-U", "mount", "-o", "remount,rw", folder))
        {
            throw new InvalidOperationException("The volume could not be remounted.");
        }
    }

    /// <summary>The volume as processes outside see it.</summary>
    public string Outside => string.Create(CultureInfo.InvariantCulture, $"/proc/{ProcessId}/root{folder}");

    private string Filler => Outside + "/filler";

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
