using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;

namespace IncidentDesk.Testing;

/// <summary>
/// An open page without a browser: it fetches the page, starts its circuit as the framework's script does, and takes and
/// acknowledges every render batch. To the desk it is a browser; it only never draws.
/// </summary>
public sealed partial class Circuit : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _gone = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly TaskCompletionSource _attached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _secret = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _reconnected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _reading = Task.CompletedTask;
    private Task _living = Task.CompletedTask;

    /// <summary>When an entry's row was rendered, as <see cref="Stopwatch"/> ticks; only while <see cref="Looking"/> names entries.</summary>
    public ConcurrentDictionary<Guid, long> Arrivals { get; } = [];

    /// <summary>The entry that is looked for in each batch, as the page writes it.</summary>
    public static (Guid Id, byte[] Text)? Looking { get; set; }

    /// <summary>With which a browser comes back to this page after its connection broke.</summary>
    public string Secret => _secret.Task.Result;

    /// <param name="desk">Its address.</param>
    /// <param name="cookies">Of the browser.</param>
    /// <param name="session">With the same cookies.</param>
    /// <param name="path">Of the page.</param>
    public static async Task<Circuit> OpenAsync(Uri desk, CookieContainer cookies, HttpClient session, string path)
    {
        ArgumentNullException.ThrowIfNull(session);
        var html = await session.GetStringAsync(new Uri(desk, path));
        var operations = Marker().Matches(html).Select((m, i) => $$"""{"type":"add","ssrComponentId":{{i + 1}},"marker":{{m.Groups["it"].Value}}}""");
        var state = State().Match(html).Groups["it"].Value;

        var circuit = await ConnectAsync(desk, cookies);
        await circuit.SendAsync(MessagePack.Frame(1L, MessagePack.EmptyMap, "0", "StartCircuit", new object?[] { desk.AbsoluteUri, new Uri(desk, path).AbsoluteUri, "[]", state }, Array.Empty<object?>()));
        await circuit.CallAsync("UpdateRootComponents", $$"""{"batchId":1,"operations":[{{string.Join(',', operations)}}]}""", state);
        await circuit._attached.Task.WaitAsync(TimeSpan.FromSeconds(60));
        circuit._living = circuit.LiveAsync();
        return circuit;
    }

    /// <summary>Comes back to a page whose connection broke, as the framework's script does it.</summary>
    /// <returns>False when the desk says that there is no such page.</returns>
    public static async Task<bool> TryReconnectAsync(Uri desk, CookieContainer cookies, string secret)
    {
        await using var circuit = await ConnectAsync(desk, cookies);
        await circuit.SendAsync(MessagePack.Frame(1L, MessagePack.EmptyMap, "1", "ConnectCircuit", new object?[] { secret }, Array.Empty<object?>()));
        return await circuit._reconnected.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    private static async Task<Circuit> ConnectAsync(Uri desk, CookieContainer cookies)
    {
        var circuit = new Circuit();
        circuit._socket.Options.Cookies = cookies;
        await circuit._socket.ConnectAsync(new UriBuilder(desk) { Scheme = "ws", Path = "/_blazor" }.Uri, default);
        await circuit.SendAsync("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"u8.ToArray());
        circuit._reading = Task.Run(circuit.ReadAsync);
        return circuit;
    }

    private Task CallAsync(string target, params object?[] arguments) =>
        SendAsync(MessagePack.Frame(1L, MessagePack.EmptyMap, null, target, arguments, Array.Empty<object?>()));

    private async Task SendAsync(byte[] message)
    {
        await _sending.WaitAsync(_gone.Token);
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, _gone.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>A sign of life as the script gives it; without one the desk ends the circuit after half a minute.</summary>
    private async Task LiveAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(10));
        try
        {
            while (await timer.WaitForNextTickAsync(_gone.Token)) await SendAsync(MessagePack.Frame(6L));
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // sent away, or the reader says what happened
        }
    }

    private async Task ReadAsync()
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        var shaken = false;
        try
        {
            while (true)
            {
                var read = await _socket.ReceiveAsync(buffer.GetMemory(16 * 1024), _gone.Token);
                if (read.MessageType == WebSocketMessageType.Close) throw new InvalidOperationException($"The desk closed a circuit: {_socket.CloseStatusDescription}");
                buffer.Advance(read.Count);
                var now = Stopwatch.GetTimestamp();
                var rest = buffer.WrittenMemory;
                if (!shaken)
                {
                    var end = rest.Span.IndexOf((byte)0x1e);
                    if (end < 0) continue;
                    (shaken, rest) = (true, rest[(end + 1)..]);
                }
                while (MessagePack.TryTake(ref rest, out var message)) await TakeAsync(message, now);
                var kept = rest.ToArray();
                buffer.ResetWrittenCount();
                buffer.Write(kept);
            }
        }
        catch (Exception e) when (_gone.IsCancellationRequested && e is OperationCanceledException or WebSocketException)
        {
            // sent away
        }
        catch (Exception e)
        {
            _attached.TrySetException(e);
            throw;
        }
    }

    private async Task TakeAsync(ReadOnlyMemory<byte> data, long now)
    {
        var message = (object?[])MessagePack.Read(ref data)!;
        switch ((long)message[0]!)
        {
            case 6:
                await SendAsync(MessagePack.Frame(6L));
                break;
            case 3 when message is [_, _, "0", ..]:
                if (message[^1] is string secret) _secret.TrySetResult(secret);
                break;
            case 3 when message is [_, _, "1", ..]:
                _reconnected.TrySetResult(message[^1] is true);
                break;
            case 7:
                throw new InvalidOperationException($"The desk ended a circuit: {message[1]}");
            case 1:
                await DoAsync((string)message[3]!, (object?[])message[4]!, now);
                break;
        }
    }

    private async Task DoAsync(string target, object?[] arguments, long now)
    {
        switch (target)
        {
            case "JS.RenderBatch":
                if (Looking is var (id, text) && ((ReadOnlyMemory<byte>)arguments[1]!).Span.IndexOf(text) >= 0) Arrivals.TryAdd(id, now);
                await CallAsync("OnRenderCompleted", (long)arguments[0]!, null);
                break;
            case "JS.BeginInvokeJS" when (long)arguments[0]! is var task and not 0:
                await CallAsync("EndInvokeJSFromDotNet", task, true, $"[{task},true,null]");
                break;
            case "JS.EndUpdateRootComponents":
                _attached.TrySetResult();
                break;
            case "JS.Error":
                throw new InvalidOperationException($"The desk reports: {arguments[0]}");
        }
    }

    public static void LookFor(Guid entryId) => Looking = (entryId, Encoding.UTF8.GetBytes(entryId.ToString()));

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await _living;
        await _reading;
        _socket.Dispose();
        _gone.Dispose();
        _sending.Dispose();
    }

    [GeneratedRegex("""<!--Blazor:(?<it>\{"type":"server"[^>]*?"descriptor"[^>]*?\})-->""")]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(?<it>[^>]*?)-->")]
    private static partial Regex State();
}
