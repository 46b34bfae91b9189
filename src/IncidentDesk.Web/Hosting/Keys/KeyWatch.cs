namespace IncidentDesk.Web.Hosting.Keys;

/// <summary>Sees within half a minute that another node or the operator changed the keys.</summary>
internal sealed class KeyWatch(DatabaseKeys stored, DeskKeyManager keys, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private int? _seen;

    /// <summary>Looks once.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        // Keys and revocations are added and never taken away.
        var count = await stored.CountAsync(ct);
        if (_seen is { } seen && seen != count) keys.Refresh();
        _seen = count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                try
                {
                    await LookAsync(stoppingToken);
                }
                catch (Exception e) when (e is System.Data.Common.DbException or InvalidOperationException or TimeoutException)
                {
                    // The database is away; the log says so elsewhere.
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // the desk stops
        }
    }
}
