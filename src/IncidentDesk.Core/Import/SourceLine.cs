using IncidentDesk.Shared;

namespace IncidentDesk.Import;

/// <summary>A line as proposals are made from it.</summary>
/// <param name="Category">As <see cref="SourceWords"/> writes it.</param>
/// <param name="Text">Folded.</param>
internal sealed record SourceLine(ImportLine Line, Guid EntryId, string Category, string Text)
{
    public OccurrenceTime When => Line.OccurredAt;

    /// <summary>Out of order or imported already says nothing against what the line tells.</summary>
    public bool IsInDoubt => Line.Doubts.Any(d => d is not (ImportDoubt.OutOfOrder or ImportDoubt.AlreadyImported));

    /// <summary>As much of a text as fits, and no half character.</summary>
    public static string Cut(string text, int max) => text.Length <= max ? text.Trim() : text[..(char.IsHighSurrogate(text[max - 1]) ? max - 1 : max)].Trim();

    /// <summary>In the course of events; those without a time behind the line before them. Times that the desk would refuse are left out.</summary>
    public static IReadOnlyList<SourceLine> InOrder(IReadOnlyList<ImportLine> lines, IReadOnlyList<Guid> entryIds, DateTime now)
    {
        var at = DateTime.MinValue;
        return
        [
            .. lines.Select((line, n) => (At: at = line.OccurredAt.At ?? at, Line: new SourceLine(line, entryIds[n], SourceWords.Fold(line.Category), Folding.Fold(line.Body))))
                .Where(l => TimeRules.Check("", l.Line.When, now).Succeeded).OrderBy(l => l.At).Select(l => l.Line),
        ];
    }

    public ImportProposal Propose(ProposedAct act, bool isDone, params IEnumerable<ProposalReason?> reasons) => Propose(act, act.Key, isDone, reasons);

    /// <param name="key">Tells it apart from others of the same line.</param>
    public ImportProposal Propose(ProposedAct act, string key, bool isDone, params IEnumerable<ProposalReason?> reasons)
    {
        ProposalReason[] why = [.. reasons.Prepend(IsInDoubt ? ProposalReason.LineInDoubt : null).OfType<ProposalReason>().Distinct()];
        return new(ImportIds.OfProposal(EntryId, key), EntryId, Line.Line, When, Line.Body, act, why, isDone);
    }
}
