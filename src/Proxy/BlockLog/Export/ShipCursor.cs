using System.Globalization;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>How far a log has been shipped, in a file: written only after the receiver took the records.</summary>
internal sealed class ShipCursor(string path)
{
    /// <summary>The last record's number; 0 when nothing has been shipped.</summary>
    /// <exception cref="InvalidDataException">The file holds no number: beginning anew by itself would send everything again.</exception>
    public long Read()
    {
        if (!File.Exists(path))
        {
            return 0;
        }

        return long.TryParse(File.ReadAllText(path).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? sequence
            : throw new InvalidDataException($"The cursor file {path} holds no record number: delete it to ship the whole log again.");
    }

    public void Write(long sequence)
    {
        var draft = path + ".new";
        using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(sequence.ToString(CultureInfo.InvariantCulture) + "\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }
}
