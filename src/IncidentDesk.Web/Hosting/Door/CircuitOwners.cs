using System.Collections.Concurrent;
using IncidentDesk.Shared;
using IncidentDesk.Web.People;
using Microsoft.AspNetCore.SignalR;

namespace IncidentDesk.Web.Hosting.Door;

/// <summary>A live page that lost its connection comes back to the person for whom it was opened and to nobody else.</summary>
/// <remarks>
/// The framework hands the page to whatever session the browser has by then. Whoever is not its owner is told that it is gone, as for any
/// page that the desk has forgotten, and the browser opens it anew. So is the owner of a page that is no longer known here.
/// </remarks>
internal sealed class CircuitOwners : IHubFilter
{
    // Some hundred bytes each. A page that is forgotten is opened anew; nothing is lost.
    private const int MaxKept = 20_000;

    private readonly ConcurrentDictionary<string, Guid> _owners = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _oldest = new();

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        if (invocationContext.Hub is Live.IncidentsHub) return await next(invocationContext);
        var caller = invocationContext.Context.User!.ToActor().PersonId;
        switch (invocationContext.HubMethodName)
        {
            case "ConnectCircuit" when !IsOwner(invocationContext, caller):
                return false;
            case "ResumeCircuit" when !IsOwner(invocationContext, caller):
                return null;
            case "StartCircuit" or "ResumeCircuit":
                var secret = await next(invocationContext);
                if (secret is string started) Keep(started, caller);
                return secret;
            default:
                return await next(invocationContext);
        }
    }

    private bool IsOwner(HubInvocationContext call, Guid caller) =>
        call.HubMethodArguments is [string secret, ..] && _owners.TryGetValue(Secret.Hash(secret), out var owner) && owner == caller;

    private void Keep(string secret, Guid owner)
    {
        var hash = Secret.Hash(secret);
        _owners[hash] = owner;
        _oldest.Enqueue(hash);
        while (_oldest.Count > MaxKept && _oldest.TryDequeue(out var old)) _owners.TryRemove(old, out _);
    }
}
