using IncidentDesk.Web.People;

namespace IncidentDesk.Web.Hosting.Door;

/// <summary>How many live pages each person has on this node.</summary>
internal sealed class OpenCircuits(DoorLimits limits, Refusal refusal)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, int> _connected = [];
    private readonly Dictionary<Guid, int> _sockets = [];

    /// <returns>False when the person has as many as one may have.</returns>
    public bool TryAdd(Guid person)
    {
        lock (_lock)
        {
            var count = _connected.GetValueOrDefault(person);
            if (count >= limits.CircuitsOfPerson) return false;
            _connected[person] = count + 1;
            return true;
        }
    }

    /// <summary>Of one that comes back, whatever there is by now.</summary>
    public void Add(Guid person)
    {
        lock (_lock) _connected[person] = _connected.GetValueOrDefault(person) + 1;
    }

    public void Remove(Guid person)
    {
        lock (_lock)
        {
            if (--_connected[person] == 0) _connected.Remove(person);
        }
    }

    public int Of(Guid person)
    {
        lock (_lock) return _connected.GetValueOrDefault(person);
    }

    /// <summary>Counts what stays connected, live pages and followers of the hub alike, for as long as it does.</summary>
    public async Task CountSocketsAsync(HttpContext context, RequestDelegate next)
    {
        if (context.User.Identity?.IsAuthenticated != true || !(context.WebSockets.IsWebSocketRequest || context.Request.Headers.Accept == "text/event-stream"))
        {
            await next(context);
            return;
        }
        var person = context.User.ToActor().PersonId;
        int open;
        lock (_lock) _sockets[person] = open = _sockets.GetValueOrDefault(person) + 1;
        try
        {
            if (open > limits.SocketsOfPerson) await refusal.WriteAsync(context, "Door.TooManyCircuits", "Request.TooManyPages", RetryAfter);
            else await next(context);
        }
        finally
        {
            lock (_lock)
            {
                if (--_sockets[person] == 0) _sockets.Remove(person);
            }
        }
    }

    /// <summary>Refuses a further one where it begins: at the negotiation, or at a socket that goes without.</summary>
    public Task EnterAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var begins = request.Path.Equals("/_blazor/negotiate", StringComparison.OrdinalIgnoreCase)
            || (request.Path.Equals("/_blazor", StringComparison.OrdinalIgnoreCase) && !request.Query.ContainsKey("id"));
        return begins && context.User.Identity?.IsAuthenticated == true && Of(context.User.ToActor().PersonId) >= limits.CircuitsOfPerson
            ? refusal.WriteAsync(context, "Door.TooManyCircuits", "Request.TooManyPages", RetryAfter)
            : next(context);
    }
}
