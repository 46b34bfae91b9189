using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace IncidentDesk.Benchmarks;

/// <summary>A program that follows an incident on the hub: SignalR's JSON protocol on a bare WebSocket.</summary>
internal sealed class HubFollower : IAsyncDisposable
{
    private const byte End = 0x1e;

    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _gone = new();
    private Task _reading = Task.CompletedTask;

    /// <summary>When each entry arrived, as <see cref="Stopwatch"/> ticks.</summary>
    public ConcurrentDictionary<Guid, long> Arrivals { get; } = [];

    public static async Task<HubFollower> FollowAsync(Desk desk, string key, long since)
    {
        var follower = new HubFollower();
        follower._socket.Options.SetRequestHeader("Authorization", $"Bearer {desk.Token}");
        var address = new UriBuilder(desk.Address) { Scheme = "ws", Path = "/hubs/incidents" }.Uri;
        await follower._socket.ConnectAsync(address, default);
        await follower.SendAsync("""{"protocol":"json","version":1}""");
        await follower.SendAsync($$"""{"type":4,"invocationId":"1","target":"Follow","arguments":["{{key}}",{{since}}]}""");
        follower._reading = Task.Run(follower.ReadAsync);
        return follower;
    }

    public static async Task<IAsyncDisposable> GatherAsync(Desk desk, string key, int count)
    {
        var all = new Crowd();
        for (var i = 0; i < count; i++) all.Add(await FollowAsync(desk, key, 0));
        // Each has read what was there.
        while (all.All.Cast<HubFollower>().Any(f => f.Arrivals.IsEmpty)) await Task.Delay(20);
        return all;
    }

    private Task SendAsync(string message) => _socket.SendAsync(Encoding.UTF8.GetBytes(message + (char)End), WebSocketMessageType.Text, endOfMessage: true, _gone.Token);

    private async Task ReadAsync()
    {
        var buffer = new ArrayBufferWriter<byte>(8 * 1024);
        try
        {
            while (true)
            {
                var read = await _socket.ReceiveAsync(buffer.GetMemory(4 * 1024), _gone.Token);
                if (read.MessageType == WebSocketMessageType.Close) return;
                buffer.Advance(read.Count);
                var now = Stopwatch.GetTimestamp();
                var rest = buffer.WrittenMemory;
                int end;
                while ((end = rest.Span.IndexOf(End)) >= 0)
                {
                    Take(rest[..end], now);
                    rest = rest[(end + 1)..];
                }
                var kept = rest.ToArray();
                buffer.ResetWrittenCount();
                buffer.Write(kept);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // sent away
        }
    }

    private void Take(ReadOnlyMemory<byte> message, long now)
    {
        using var json = JsonDocument.Parse(message);
        if (!json.RootElement.TryGetProperty("type", out var type)) return;
        switch (type.GetInt32())
        {
            case 2:
                Arrivals.TryAdd(json.RootElement.GetProperty("item").GetProperty("entryId").GetGuid(), now);
                break;
            case 3 or 7:
                throw new InvalidOperationException($"The hub has ended the stream: {json.RootElement}");
            case 6:
                _ = SendAsync("""{"type":6}""");
                break;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await _reading;
        _socket.Dispose();
        _gone.Dispose();
    }
}

/// <summary>Many who watch.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    public List<IAsyncDisposable> All { get; } = [];

    public void Add(IAsyncDisposable watcher) => All.Add(watcher);

    public async ValueTask DisposeAsync()
    {
        foreach (var watcher in All) await watcher.DisposeAsync();
    }
}
