using System.Text;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>
/// A bounded local file that takes records while the log can't. One line of JSON each behind a first line that names the file;
/// a torn last line was never acknowledged and is ignored.
/// </summary>
internal sealed class RecordSpool : IDisposable
{
    private const int IdLength = 32;
    private readonly string _path;
    private readonly long _maxBytes;
    private FileStream? _file;
    private Guid _id;

    public RecordSpool(string path, long maxBytes)
    {
        _path = path;
        _maxBytes = maxBytes;
        if (File.Exists(path) && new FileInfo(path).Length > IdLength)
        {
            Open();
            Count = CountLines();
        }
    }

    /// <summary>Records that wait here.</summary>
    public long Count { get; private set; }

    /// <summary>Adds the records and returns when they are on disk; false when they don't fit or the file can't be written.</summary>
    public bool TryAppend(IReadOnlyList<PendingRecord> batch)
    {
        var start = -1L;
        try
        {
            Open();
            start = _file!.Length;
            if (start + batch.Sum(pending => (long)pending.Body.Length + 1) > _maxBytes)
            {
                return false;
            }

            _file.Seek(0, SeekOrigin.End);
            foreach (var pending in batch)
            {
                _file.Write(pending.Body);
                _file.WriteByte((byte)'\n');
            }

            _file.Flush(flushToDisk: true);
            Count += batch.Count;
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Forget(start);
            return false;
        }
    }

    /// <summary>The waiting records behind <paramref name="mark"/>, in groups, each with the mark that is right once it is in the log.</summary>
    public IEnumerable<(IReadOnlyList<PendingRecord> Batch, SpoolMark Mark)> ReadFrom(SpoolMark? mark, int groupSize)
    {
        if (_file is null)
        {
            yield break;
        }

        var bytes = File.ReadAllBytes(_path);
        var offset = mark is { } known && known.Spool == _id ? (int)Math.Min(known.Offset, bytes.Length) : IdLength + 1;
        var batch = new List<PendingRecord>();
        while (true)
        {
            var length = bytes.AsSpan(offset).IndexOf((byte)'\n');
            if (length < 0)
            {
                break;
            }

            var body = bytes.AsSpan(offset, length).ToArray();
            offset += length + 1;
            if (RecordJson.Parse(body) is { } record)
            {
                batch.Add(new PendingRecord(record, body));
            }

            if (batch.Count == groupSize)
            {
                yield return (batch, new SpoolMark(_id, offset));
                batch = [];
            }
        }

        if (batch.Count > 0)
        {
            yield return (batch, new SpoolMark(_id, offset));
        }
    }

    /// <summary>Deletes the file: everything in it is in the log.</summary>
    public void Clear()
    {
        _file?.Dispose();
        _file = null;
        File.Delete(_path);
        Count = 0;
    }

    public void Dispose() => _file?.Dispose();

    private void Open()
    {
        if (_file is not null)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_path))!);
        var file = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 64 * 1024);
        var first = new byte[IdLength + 1];
        if (file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false) < first.Length
            || !Guid.TryParseExact(Encoding.ASCII.GetString(first.AsSpan(0, IdLength)), "N", out _id))
        {
            // New, or torn before its first record could be acknowledged.
            _id = Guid.NewGuid();
            file.SetLength(0);
            file.Seek(0, SeekOrigin.Begin);
            file.Write(Encoding.ASCII.GetBytes($"{_id:N}\n"));
            file.Flush(flushToDisk: true);
        }
        else
        {
            CutTornLine(file);
        }

        _file = file;
    }

    private static void CutTornLine(FileStream file)
    {
        var end = file.Length;
        while (end > 0)
        {
            file.Seek(end - 1, SeekOrigin.Begin);
            if (file.ReadByte() == '\n')
            {
                break;
            }

            end--;
        }

        file.SetLength(end);
    }

    // What was half written is cut off again, so that a later line doesn't continue it.
    private void Forget(long start)
    {
        try
        {
            if (start >= 0)
            {
                _file?.SetLength(start);
            }
        }
        catch (IOException)
        {
            // The next Open cuts the torn line instead.
            _file?.Dispose();
            _file = null;
        }
    }

    private long CountLines() => File.ReadAllBytes(_path).AsSpan(IdLength + 1).Count((byte)'\n');
}
