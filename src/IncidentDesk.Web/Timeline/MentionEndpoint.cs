using System.Security.Claims;
using IncidentDesk.Assets;
using IncidentDesk.Mitigations;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;

namespace IncidentDesk.Web.Timeline;

/// <summary>What the capture bar offers for a <c>#</c> or <c>+</c> that is being typed, and for a line that was pasted.</summary>
public static class MentionEndpoint
{
    private const int Most = 8;

    /// <param name="Text">What goes into the line, with its sign.</param>
    public sealed record Offer(string Text, string Hint);

    public static void MapMentions(this IEndpointRouteBuilder api) => api.MapGet("/mentions", OfferAsync).ExcludeFromDescription();

    /// <param name="q">The sign and what was typed behind it, or a line.</param>
    /// <param name="incident">Its mitigations come first.</param>
    private static async Task<IReadOnlyList<Offer>> OfferAsync(FindAssets assets, FindMitigations mitigations, Say say, ClaimsPrincipal user, CancellationToken ct, string q = "", string? incident = null)
    {
        if (q.StartsWith('+'))
        {
            if (!(await mitigations.HandleAsync(new(q[1..], incident, Take: Most), user.ToActor(), ct)).TryGet(out var here, out _)) return [];
            if (!(await mitigations.HandleAsync(new(q[1..], Take: Most), user.ToActor(), ct)).TryGet(out var all, out _)) return [];
            return [.. here.Mitigations.Concat(all.Mitigations).DistinctBy(m => m.Id).Take(Most).Select(m => new Offer("+" + m.Name, $"{m.Title} · {say.Word(m.State)}"))];
        }
        var found = q.StartsWith('#') ? await assets.SuggestAsync(q[1..], Most, user.ToActor(), ct) : await assets.InTextAsync(q, user.ToActor(), ct);
        return found.TryGet(out var named, out _) ? [.. named.Take(Most).Select(a => new Offer("#" + a.Name, $"{(a.Service.Length > 0 ? a.Service : say.Word(a.Kind))}{(a.Member is { } member ? " · " + member.Name : "")}"))] : [];
    }
}
