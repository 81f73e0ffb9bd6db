using System.Text;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Writes records in any <see cref="RecordFormat"/>. All formats are made from the record, and so hold no content either.</summary>
internal static class RecordFormatter
{
    /// <summary>The line before the first record, null where a format has none.</summary>
    public static string? Header(RecordFormat format) => format == RecordFormat.Csv ? CsvFormat.Header : null;

    /// <summary>One record as one line, without its line end.</summary>
    public static string Line(StoredRecord stored, RecordFormat format) => format switch
    {
        RecordFormat.Jsonl => Encoding.UTF8.GetString(RecordJson.Serialize(stored.Record)),
        RecordFormat.Csv => CsvFormat.Line(stored),
        RecordFormat.Cef => CefFormat.Line(stored),
        RecordFormat.Ocsf => OcsfFormat.Line(stored),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}
