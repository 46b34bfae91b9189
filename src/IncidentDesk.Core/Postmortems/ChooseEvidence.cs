using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Postmortems;

/// <summary>What the authors decide about an entry of the log or a file: whether and how it stands in the document.</summary>
public sealed class ChooseEvidence(PostmortemWriter writer)
{
    /// <summary>What may be decided about an entry; see <see cref="ChosenEntry"/>.</summary>
    public sealed record EntryChoice(bool IsInTimeline, Visibility? Visibility, string Wording)
    {
        /// <param name="entry">As it stands, with which nothing was decided.</param>
        public static EntryChoice Of(ChosenEntry? chosen, TimelineEntry entry) => chosen is null ? new(entry.IsKeyEvent, null, "") : new(chosen.IsInTimeline, chosen.Visibility, chosen.Wording);
    }

    /// <summary>What may be decided about a file; see <see cref="ChosenFile"/>.</summary>
    public sealed record FileChoice(Visibility Visibility, string Caption)
    {
        public static FileChoice Of(ChosenFile? chosen) => chosen is null ? new(Visibility.Internal, "") : new(chosen.Visibility, chosen.Caption);
    }

    /// <param name="Sequence">Of the first revision.</param>
    /// <param name="Seen">What the person saw; null when it does not depend on it.</param>
    public sealed record OfEntry(string IncidentKey, long Sequence, EntryChoice Choice, EntryChoice? Seen = null);

    /// <param name="Seen">What the person saw; null when it does not depend on it.</param>
    public sealed record OfFile(string IncidentKey, Guid AttachmentId, FileChoice Choice, FileChoice? Seen = null);

    /// <returns>What is decided now, or a <see cref="Conflict"/> with it.</returns>
    public Task<Result<EntryChoice>> EntryAsync(OfEntry command, Actor actor, CancellationToken ct) => writer.WriteAsync<EntryChoice>(command.IncidentKey, actor, async write =>
    {
        var (db, postmortem) = (write.Db, write.Postmortem);
        if (!TextRules.OptionalLines(nameof(ChosenEntry.Wording), command.Choice.Wording, ChosenEntry.MaxWordingLength).TryGet(out var wording, out var error)) return error;
        var entry = await db.CurrentEntries(postmortem.IncidentId).FirstOrDefaultAsync(e => e.RootSequence == command.Sequence, ct);
        if (entry is null) return new NotFound("Entry.NotFound", command.Sequence);
        var chosen = await db.ChosenEntries.FirstOrDefaultAsync(e => e.PostmortemId == postmortem.Id && e.Sequence == command.Sequence, ct);
        var (stands, wanted) = (EntryChoice.Of(chosen, entry), command.Choice with { Wording = wording });
        if (wanted == stands) return stands;
        if (command.Seen is { } seen && seen != stands) return new Conflict("Postmortem.ChoiceConflict", stands);

        if (chosen is null) db.ChosenEntries.Add(chosen = new ChosenEntry { PostmortemId = postmortem.Id, Sequence = command.Sequence });
        (chosen.IsInTimeline, chosen.Visibility, chosen.Wording) = (wanted.IsInTimeline, wanted.Visibility, wanted.Wording);
        // As if nobody had decided: it follows the log again.
        if (wanted == EntryChoice.Of(null, entry)) db.ChosenEntries.Remove(chosen);
        return wanted;
    }, ct);

    /// <returns>What is decided now, or a <see cref="Conflict"/> with it.</returns>
    public Task<Result<FileChoice>> FileAsync(OfFile command, Actor actor, CancellationToken ct) => writer.WriteAsync<FileChoice>(command.IncidentKey, actor, async write =>
    {
        var (db, postmortem, caption) = (write.Db, write.Postmortem, "");
        if (!string.IsNullOrWhiteSpace(command.Choice.Caption) && !TextRules.Line(nameof(ChosenFile.Caption), command.Choice.Caption, ChosenFile.MaxCaptionLength).TryGet(out caption, out var error)) return error;
        if (!await db.Attachments.AnyAsync(a => a.Id == command.AttachmentId && a.IncidentId == postmortem.IncidentId, ct)) return new NotFound("Attachment.NotFound", command.AttachmentId);
        var chosen = await db.ChosenFiles.FirstOrDefaultAsync(f => f.PostmortemId == postmortem.Id && f.AttachmentId == command.AttachmentId, ct);
        var (stands, wanted) = (FileChoice.Of(chosen), command.Choice with { Caption = caption });
        if (wanted == stands) return stands;
        if (command.Seen is { } seen && seen != stands) return new Conflict("Postmortem.ChoiceConflict", stands);

        if (chosen is null) db.ChosenFiles.Add(chosen = new ChosenFile { PostmortemId = postmortem.Id, AttachmentId = command.AttachmentId });
        (chosen.Visibility, chosen.Caption) = (wanted.Visibility, wanted.Caption);
        if (wanted == FileChoice.Of(null)) db.ChosenFiles.Remove(chosen);
        return wanted;
    }, ct);
}
