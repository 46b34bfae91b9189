using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Postmortems;

/// <summary>Says that the authors have seen what changed in the log.</summary>
public sealed class MarkChangesSeen(PostmortemWriter writer)
{
    /// <param name="Sequence">Up to here.</param>
    public sealed record Command(string IncidentKey, long Sequence);

    public Task<Result<Postmortem>> HandleAsync(Command command, Actor actor, CancellationToken ct) => writer.WriteAsync<Postmortem>(command.IncidentKey, actor, async write =>
    {
        var last = await write.Db.Incidents.Where(i => i.Id == write.Postmortem.IncidentId).Select(i => i.LastSequence).FirstAsync(ct);
        // Never back: somebody else may have seen more.
        write.Postmortem.SeenSequence = Math.Max(write.Postmortem.SeenSequence, Math.Min(command.Sequence, last));
        return write.Postmortem;
    }, ct);
}
