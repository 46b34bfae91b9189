using System.Globalization;
using IncidentDesk.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace IncidentDesk.Live;

/// <summary>Hears what other nodes commit, on a connection of its own, and catches up after each break of it.</summary>
/// <remarks>What is heard is only a wake-up; <see cref="FeedPoll"/> heals what was missed.</remarks>
public sealed class PostgresListener(PostgresEngine engine, IncidentFeed feed, Presence presence, ILogger<PostgresListener> log) : BackgroundService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.ListeningBroke(e.Message);
                await Task.Delay(RetryAfter, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        // Keep-alives: a listening connection that died says nothing by itself.
        var settings = new NpgsqlConnectionStringBuilder(engine.ConnectionString) { Pooling = false, KeepAlive = 5, TcpKeepAlive = true, Timeout = 5 };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        connection.Notification += (_, e) => Hear(e.Payload);
        await connection.OpenAsync(ct);
        await using (var command = new NpgsqlCommand($"LISTEN {PostgresEngine.Channel}", connection)) await command.ExecuteNonQueryAsync(ct);
        presence.AnnounceAll();
        while (true) await connection.WaitAsync(ct);
    }

    private void Hear(string payload)
    {
        var words = payload.Split(' ');
        if (words is ["incident", var id, var sequence, var node] && node != feed.Node && Guid.TryParse(id, out var incidentId) && long.TryParse(sequence, CultureInfo.InvariantCulture, out var last))
            feed.Hear(incidentId, last);
        else if (words[0] == "presence")
            presence.Hear(payload[(words[0].Length + 1)..]);
    }
}

internal static partial class ListenerLog
{
    [LoggerMessage(111, LogLevel.Warning, "The connection that listens to other nodes broke ({Reason}); listening again in a second, the poll covers the gap.")]
    public static partial void ListeningBroke(this ILogger log, string reason);
}
