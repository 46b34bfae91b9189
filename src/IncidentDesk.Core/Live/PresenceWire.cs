using System.Threading.Channels;
using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace IncidentDesk.Live;

/// <summary>Carries presence to the other nodes over PostgreSQL's <c>NOTIFY</c>, outside of any write, and repeats it as a sign of life.</summary>
public sealed class PresenceWire : BackgroundService
{
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(15);

    // PostgreSQL refuses payloads of 8000 bytes and more.
    private const int MaxPayload = 7_900;

    private readonly PostgresEngine _engine;
    private readonly Presence _presence;
    private readonly TimeProvider _time;
    private readonly ILogger<PresenceWire> _log;
    private readonly Channel<string> _messages = Channel.CreateBounded<string>(new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropOldest });

    public PresenceWire(PostgresEngine engine, Presence presence, TimeProvider time, ILogger<PresenceWire> log)
    {
        (_engine, _presence, _time, _log) = (engine, presence, time, log);
        presence.Wire = message => _messages.Writer.TryWrite(message);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(SendAsync(stoppingToken), RepeatAsync(stoppingToken));

    private async Task RepeatAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(SignOfLife, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                _presence.AnnounceAll();
                _presence.Prune();
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // the host stops
        }
    }

    private async Task SendAsync(CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(_engine.ConnectionString);
        try
        {
            await foreach (var message in _messages.Reader.ReadAllAsync(ct))
            {
                var payload = "presence " + message;
                if (System.Text.Encoding.UTF8.GetByteCount(payload) > MaxPayload) continue;
                try
                {
                    await using var command = source.CreateCommand($"SELECT pg_notify('{PostgresEngine.Channel}', $1)");
                    command.Parameters.Add(new() { Value = payload });
                    await command.ExecuteNonQueryAsync(ct);
                }
                catch (NpgsqlException e)
                {
                    _log.PresenceNotSent(e.Message);
                }
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // the host stops
        }
    }
}

internal static partial class PresenceLog
{
    [LoggerMessage(121, LogLevel.Debug, "Presence was not sent to the other nodes ({Reason}); it is repeated soon.")]
    public static partial void PresenceNotSent(this ILogger log, string reason);
}
