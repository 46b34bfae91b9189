using IncidentDesk.Shared;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace IncidentDesk.Web.Live;

/// <summary>Until when the person of a live page can have seen it: a page whose connection is gone goes on for some minutes without a reader.</summary>
internal sealed class ConnectionClock(TimeProvider time) : CircuitHandler
{
    private DateTime? _downSince;

    /// <summary>UTC.</summary>
    public DateTime LastSeen => _downSince ?? time.UtcNow();

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _downSince = null;
        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _downSince = time.UtcNow();
        return Task.CompletedTask;
    }
}
