namespace IncidentDesk.Web.Tests.Hosting;

/// <summary>A clock that stands until the test moves it.</summary>
internal sealed class ClockInHand : TimeProvider
{
    private readonly DateTimeOffset _start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private long _ticks;

    public void Shift(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    public override DateTimeOffset GetUtcNow() => _start.AddTicks(Interlocked.Read(ref _ticks));

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);
}
