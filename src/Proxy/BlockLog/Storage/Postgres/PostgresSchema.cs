using Npgsql;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>The tables of the PostgreSQL log, and how older ones become today's.</summary>
internal static class PostgresSchema
{
    /// <summary>Taken while the tables change, and by each group of records while it enters the chain.</summary>
    public const long Lock = 0x6564_6765_666C_7472;

    /// <summary>Step n leads from version n to n + 1. Steps are never changed once released, only added.</summary>
    private static readonly string[] Steps =
    [
        """
        -- terms holds 'field=text' with the field's number; uniques holds hashes of ids and fingerprints.
        CREATE TABLE edgefilter_records (
            seq bigint PRIMARY KEY,
            time timestamptz NOT NULL,
            link bytea NOT NULL,
            digest bytea,
            body bytea,
            terms text[] NOT NULL,
            uniques bigint[] NOT NULL,
            CHECK (body IS NOT NULL OR digest IS NOT NULL));
        CREATE INDEX edgefilter_records_time ON edgefilter_records (time);
        CREATE INDEX edgefilter_records_terms ON edgefilter_records USING gin (terms);
        CREATE INDEX edgefilter_records_uniques ON edgefilter_records USING gin (uniques);

        CREATE TABLE edgefilter_terms (term text PRIMARY KEY);

        CREATE TABLE edgefilter_checkpoints (
            seq bigint NOT NULL,
            kind smallint NOT NULL,
            time bigint NOT NULL,
            link bytea NOT NULL,
            key text NOT NULL,
            signature bytea NOT NULL,
            PRIMARY KEY (seq, kind));
        """,
    ];

    /// <summary>Brings the database to the current version; several proxies may try at once.</summary>
    /// <exception cref="NewerSchemaException">A newer version of the proxy wrote the tables.</exception>
    public static void Migrate(NpgsqlConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        connection.Run("SELECT pg_advisory_xact_lock($1)", Lock);
        connection.Run("CREATE TABLE IF NOT EXISTS edgefilter_meta (key text PRIMARY KEY, value text NOT NULL)");
        var version = VersionOf(connection);
        if (version > Steps.Length)
        {
            throw new NewerSchemaException();
        }

        for (; version < Steps.Length; version++)
        {
            connection.Run(Steps[version]);
            connection.SetMeta("version", $"{version + 1}");
        }

        transaction.Commit();
    }

    public static int VersionOf(NpgsqlConnection connection) =>
        int.TryParse(connection.GetMeta("version"), out var version) ? version : 0;
}
