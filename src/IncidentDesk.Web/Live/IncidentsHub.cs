using System.Runtime.CompilerServices;
using System.Threading.Channels;
using IncidentDesk.Incidents;
using IncidentDesk.Live;
using IncidentDesk.Timeline;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using IncidentDesk.Web.Timeline;
using Microsoft.AspNetCore.SignalR;

namespace IncidentDesk.Web.Live;

/// <summary>The live log for programs: terminal clients, wall boards, bots.</summary>
public sealed class IncidentsHub(FindIncidents find, LiveTimeline live, IncidentFeed feed, TimeProvider time, SessionCheck sessions, Say say) : Hub
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(30);

    /// <summary>Streams the rows of the log after a sequence, first those that are there, then each new one, without gap or repeat.</summary>
    /// <exception cref="HubException">The incident does not exist, or the caller may not see it, now or any more.</exception>
    public async IAsyncEnumerable<EntryAnswer> Follow(string incidentKey, long sinceSequence, [EnumeratorCancellation] CancellationToken ct)
    {
        var (incidentId, newest) = await EnterAsync(incidentKey, ct);
        var woken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var subscription = feed.Subscribe(incidentId, () =>
        {
            woken.Writer.TryWrite(true);
            return Task.CompletedTask;
        });

        var entered = time.GetTimestamp();
        // Not beyond the log: a row that takes the access away must not be skipped.
        var last = Math.Clamp(sinceSequence, 0, newest);
        do
        {
            while (await live.AfterAsync(incidentId, last, ct) is { Count: > 0 } rows)
            {
                // A row that the desk wrote may have been about who may see the incident; the account may have been closed.
                if (rows.Any(r => r.Kind == EntryKind.Incident) || time.GetElapsedTime(entered) > AskAgainAfter)
                {
                    await EnterAsync(incidentKey, ct);
                    entered = time.GetTimestamp();
                }
                foreach (var row in rows)
                {
                    yield return EntryAnswer.Of(row);
                    last = row.Sequence;
                }
            }
        }
        while (await woken.Reader.ReadAsync(ct));
    }

    private async Task<FindIncidents.Seen> EnterAsync(string incidentKey, CancellationToken ct)
    {
        if (!await sessions.IsValidAsync(Context.User!, ct)) throw new HubException(say["Error.Person.NoAccess"]);
        var found = await find.SeenAsync(incidentKey, Context.User!.ToActor(), ct);
        return found.TryGet(out var seen, out var error) ? seen : throw new HubException(say.Error(error));
    }
}
