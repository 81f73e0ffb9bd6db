using Microsoft.Data.Sqlite;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Holds a reader open while it works, and opens a new one after it failed.</summary>
internal sealed class BlockLogReaders(Func<IBlockLogReader> open, Func<Exception, BlockLogFault> classify) : IDisposable
{
    private readonly Lock _turn = new();
    private IBlockLogReader? _reader;

    /// <summary>Runs a query.</summary>
    /// <exception cref="BlockLogUnreadableException">The log can't be read now.</exception>
    public T Use<T>(Func<IBlockLogReader, T> query)
    {
        try
        {
            return query(Current());
        }
        catch (Exception problem) when (
            problem is SqliteException or NewerSchemaException or IOException or UnauthorizedAccessException or System.Data.Common.DbException)
        {
            Forget();
            throw new BlockLogUnreadableException(classify(problem));
        }
    }

    public void Dispose() => Forget();

    private IBlockLogReader Current()
    {
        lock (_turn)
        {
            return _reader ??= open();
        }
    }

    private void Forget()
    {
        lock (_turn)
        {
            _reader?.Dispose();
            _reader = null;
        }
    }
}
