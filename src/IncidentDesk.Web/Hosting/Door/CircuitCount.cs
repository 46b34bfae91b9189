using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace IncidentDesk.Web.Hosting.Door;

/// <summary>Counts a live page while it is connected. One that waits for its browser is not counted: it must be able to come back.</summary>
internal sealed class CircuitCount(OpenCircuits circuits, AuthenticationStateProvider authentication) : CircuitHandler, IDisposable
{
    private Guid? _person;
    private bool _isCounted;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse((await authentication.GetAuthenticationStateAsync()).User.FindFirstValue(ClaimTypes.NameIdentifier), out var person)) return;
        // Many can negotiate at once before the first is counted.
        if (!circuits.TryAdd(person)) throw new InvalidOperationException("This person has too many live pages open.");
        (_person, _isCounted) = (person, true);
    }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (_person is { } person && !_isCounted)
        {
            circuits.Add(person);
            _isCounted = true;
        }
        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Leave();
        return Task.CompletedTask;
    }

    public void Dispose() => Leave();

    private void Leave()
    {
        if (!_isCounted) return;
        _isCounted = false;
        circuits.Remove(_person!.Value);
    }
}
