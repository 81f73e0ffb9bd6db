using EdgeFilter.Proxy.Review;
using EdgeFilter.Proxy.Tests.BlockLog;

namespace EdgeFilter.Proxy.Tests.Review;

public sealed class SessionsTests : IDisposable
{
    private readonly LogFolder _folder = new();
    private readonly ReviewDatabase _database;
    private readonly Clock _clock = new();
    private readonly Accounts _accounts;
    private readonly Sessions _sessions;

    public SessionsTests()
    {
        _database = new ReviewDatabase(Path.Combine(_folder.Path, "review.db"));
        _accounts = new Accounts(_database, _clock);
        _sessions = new Sessions(_accounts, _clock);
        _accounts.Create("ada", ConsoleServer.Password, Role.Viewer);
    }

    [Fact]
    public void Find_AfterAnHourWithoutUse_IsOver()
    {
        var (token, _) = _sessions.Begin(_accounts.Find("ada")!);
        _clock.Advance(TimeSpan.FromMinutes(59));
        Assert.NotNull(_sessions.Find(token));
        _clock.Advance(TimeSpan.FromMinutes(59));
        Assert.NotNull(_sessions.Find(token));
        _clock.Advance(TimeSpan.FromMinutes(61));

        Assert.Null(_sessions.Find(token));
        _clock.Advance(TimeSpan.FromMinutes(-61));
        Assert.Null(_sessions.Find(token));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Find_AfterTenHoursOfUse_IsOver(bool external)
    {
        var (token, _) = _sessions.Begin(external ? new Account("eve@example.com", Role.Admin, _clock.GetUtcNow(), IsExternal: true) : _accounts.Find("ada")!);
        for (var minutes = 0; minutes < 590; minutes += 30)
        {
            Assert.NotNull(_sessions.Find(token));
            _clock.Advance(TimeSpan.FromMinutes(30));
        }

        Assert.Null(_sessions.Find(token));
    }

    [Fact]
    public void Find_AccountRemovedAndMadeAnew_IsOver()
    {
        var (token, _) = _sessions.Begin(_accounts.Find("ada")!);
        _accounts.Remove("ada");
        _clock.Advance(TimeSpan.FromSeconds(1));
        _accounts.Create("ada", ConsoleServer.Password, Role.Admin);

        Assert.Null(_sessions.Find(token));
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    private sealed class Clock : TimeProvider
    {
        private DateTimeOffset _now = Some.Start;

        public override DateTimeOffset GetUtcNow() => _now;

        public void Advance(TimeSpan time) => _now += time;
    }
}
