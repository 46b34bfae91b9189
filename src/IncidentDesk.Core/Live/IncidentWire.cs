using System.Collections.Concurrent;
using System.Threading.Channels;
using IncidentDesk.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace IncidentDesk.Live;

/// <summary>Tells the other nodes what this one has committed, over PostgreSQL's <c>NOTIFY</c>, after the commit and outside of any write.</summary>
/// <remarks>
/// A transaction that notifies holds a lock of the whole server while it commits, so writes that did it themselves would wait for each other.
/// What comes while one message is under way goes with the next; what a crash loses, <see cref="FeedPoll"/> heals.
/// </remarks>
public sealed class IncidentWire : BackgroundService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    // Nothing of it is lost that the poll would not find: no need to wait for the disk.
    private const string Sql = $"SELECT set_config('synchronous_commit', 'off', true); SELECT pg_notify('{PostgresEngine.Channel}', said) FROM unnest(@said) said";

    private readonly PostgresEngine _engine;
    private readonly ILogger<IncidentWire> _log;
    private readonly string _node;
    private readonly ConcurrentDictionary<Guid, long> _unsaid = [];
    private readonly Channel<bool> _woken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public IncidentWire(PostgresEngine engine, IncidentFeed feed, ILogger<IncidentWire> log)
    {
        (_engine, _log, _node) = (engine, log, feed.Node);
        feed.Wire = (incidentId, sequence) =>
        {
            _unsaid.AddOrUpdate(incidentId, sequence, (_, known) => Math.Max(known, sequence));
            _woken.Writer.TryWrite(true);
        };
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var source = NpgsqlDataSource.Create(_engine.ConnectionString);
        var failing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _woken.Reader.ReadAsync(stoppingToken);
                await SayAsync(source, stoppingToken);
                failing = false;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (!failing) _log.NotTold(e.Message);
                failing = true;
                _woken.Writer.TryWrite(true);
                await Task.Delay(RetryAfter, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                // the host stops
            }
        }
    }

    private async Task SayAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        var saying = _unsaid.ToArray();
        if (saying.Length == 0) return;
        await using var command = source.CreateCommand(Sql);
        command.Parameters.AddWithValue("said", saying.Select(said => $"incident {said.Key} {said.Value} {_node}").ToArray());
        await command.ExecuteNonQueryAsync(ct);
        // What has a newer number by now stays to be said.
        foreach (var said in saying) _unsaid.TryRemove(said);
    }
}

internal static partial class IncidentWireLog
{
    [LoggerMessage(112, LogLevel.Warning, "The other nodes could not be told of changes ({Reason}); tried again each second, their poll covers the gap.")]
    public static partial void NotTold(this ILogger log, string reason);
}
