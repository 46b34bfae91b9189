using System.Collections.Concurrent;
using System.Text.Json;
using IncidentDesk.Shared;

namespace IncidentDesk.Live;

/// <summary>Who has an incident's page open now, on this node and, where a wire connects them, on the others.</summary>
public sealed class Presence(TimeProvider time)
{
    /// <summary>A node that has not spoken for this long is taken as gone, its people with it.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(45);

    private readonly string _node = Guid.NewGuid().ToString("N");
    private readonly Lock _saying = new();
    private readonly ConcurrentDictionary<Visit, byte> _here = [];
    private readonly ConcurrentDictionary<(string Node, Guid Incident), (DateTime Heard, IReadOnlyList<Visitor> Visitors)> _elsewhere = [];

    /// <summary>Somebody came, left or was heard of; the incident is given. Handlers must not wait.</summary>
    public event Action<Guid>? Changed;

    /// <summary>Sends a message to the other nodes; null where there are none.</summary>
    internal Action<string>? Wire { get; set; }

    /// <summary>The person is on the incident's page until the result is disposed.</summary>
    public IDisposable Enter(Guid incidentId, Visitor visitor)
    {
        var visit = new Visit(this, incidentId, visitor);
        _here.TryAdd(visit, 0);
        Announce(incidentId);
        return visit;
    }

    /// <summary>Each person once, by name.</summary>
    public IReadOnlyList<Visitor> On(Guid incidentId)
    {
        var now = time.UtcNow();
        var elsewhere = _elsewhere.Where(e => e.Key.Incident == incidentId && now - e.Value.Heard < Lifetime).SelectMany(e => e.Value.Visitors);
        return [.. Here(incidentId).Concat(elsewhere).DistinctBy(v => v.PersonId).OrderBy(v => v.Name, StringComparer.CurrentCulture)];
    }

    /// <summary>Says again who is here, for nodes that have just come and as a sign of life.</summary>
    internal void AnnounceAll()
    {
        foreach (var incidentId in _here.Keys.Select(v => v.IncidentId).Distinct()) Announce(incidentId);
    }

    /// <summary>Forgets nodes that went silent.</summary>
    internal void Prune()
    {
        var now = time.UtcNow();
        foreach (var ((node, incidentId), (heard, _)) in _elsewhere)
        {
            if (now - heard >= Lifetime && _elsewhere.TryRemove((node, incidentId), out _)) Changed?.Invoke(incidentId);
        }
    }

    internal void Hear(string json)
    {
        var message = JsonSerializer.Deserialize<Message>(json, JsonSerializerOptions.Web);
        if (message is null || message.Node == _node) return;
        _elsewhere[(message.Node, message.Incident)] = (time.UtcNow(), message.Visitors);
        Changed?.Invoke(message.Incident);
    }

    private IEnumerable<Visitor> Here(Guid incidentId) => _here.Keys.Where(v => v.IncidentId == incidentId).Select(v => v.Visitor);

    private void Announce(Guid incidentId)
    {
        Changed?.Invoke(incidentId);
        // What was seen first is said first: else who has just left would come back by the sign of life that was being put together.
        lock (_saying) Wire?.Invoke(JsonSerializer.Serialize(new Message(_node, incidentId, [.. Here(incidentId).DistinctBy(v => v.PersonId)]), JsonSerializerOptions.Web));
    }

    private sealed record Message(string Node, Guid Incident, IReadOnlyList<Visitor> Visitors);

    private sealed class Visit(Presence presence, Guid incidentId, Visitor visitor) : IDisposable
    {
        public Guid IncidentId { get; } = incidentId;
        public Visitor Visitor { get; } = visitor;

        public void Dispose()
        {
            if (presence._here.TryRemove(this, out _)) presence.Announce(IncidentId);
        }
    }
}

/// <summary>Somebody on a page.</summary>
public sealed record Visitor(Guid PersonId, string Name);
