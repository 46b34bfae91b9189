using IncidentDesk.Shared;
using IncidentDesk.Timeline;

namespace IncidentDesk.Import;

/// <summary>A timeline as bullets under dated headings.</summary>
internal sealed class MarkdownTimeline
{
    private readonly List<ImportLine> _lines = [];
    private readonly ProblemList _problems;
    private readonly List<int> _skipped;
    private MarkdownHeading? _dated;
    private SourceZone? _fileZone;
    private Bullet? _open;

    private MarkdownTimeline(ProblemList problems, List<int> skipped) => (_problems, _skipped) = (problems, skipped);

    /// <param name="skipped">Takes the lines that become nothing, so that a person can see that they were not forgotten.</param>
    public static List<ImportLine> Read(string text, ProblemList problems, List<int> skipped)
    {
        var timeline = new MarkdownTimeline(problems, skipped);
        var number = 0;
        var inFence = false;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var isFence = line.StartsWith("```", StringComparison.Ordinal) || line.StartsWith("~~~", StringComparison.Ordinal);
            if (inFence || isFence)
            {
                timeline.Close();
                skipped.Add(number);
                inFence ^= isFence;
            }
            else timeline.Take(number, line);
        }
        timeline.Close();
        return timeline._lines;
    }

    private void Take(int number, string line)
    {
        if (_open is not null && (line.AsSpan().IsWhiteSpace() || Indent(line) > _open.Indent))
        {
            _open.Rest.Add(line);
            return;
        }
        Close();
        if (line.AsSpan().IsWhiteSpace()) return;
        if (Indent(line) <= 3 && MarkdownBullet.Parse(line) is { } bullet) _open = new(number, Indent(line), bullet, []);
        else if (MarkdownHeading.Parse(line) is { } heading) Enter(number, heading);
        else _skipped.Add(number);
    }

    private void Enter(int number, MarkdownHeading heading)
    {
        if (heading.DateIsUnclear) _problems.Add(number, ImportCodes.UnclearDate);
        if (heading.Date is not null)
        {
            _dated = heading;
            return;
        }
        // a subheading stays within its day, a heading of the same rank ends it
        if (heading.DateIsUnclear || heading.Level <= _dated?.Level) _dated = null;
        if (heading.Zone is not null) _fileZone = heading.Zone;
        _skipped.Add(number);
    }

    private void Close()
    {
        if (_open is not { } bullet) return;
        _open = null;
        if (bullet.First.Text.Length == 0)
        {
            _problems.Add(bullet.Number, ImportCodes.EventMissing);
            return;
        }
        SortedSet<ImportDoubt> doubts = [];
        var body = Body(bullet);
        if (!_problems.Fits(bullet.Number, "event", body, TimelineFile.MaxEventLength)) return;
        if (Occurrence(bullet, doubts) is not { } time) return;
        _lines.Add(new(bullet.Number, time, bullet.First.Kind ?? EntryKind.Note, body, "", "", bullet.First.Bound, bullet.First.StatedTime, [.. doubts]));
    }

    private OccurrenceTime? Occurrence(Bullet bullet, SortedSet<ImportDoubt> doubts)
    {
        var first = bullet.First;
        var date = first.Date ?? _dated?.Date;
        if (first.TimeIsBad)
        {
            _problems.Add(bullet.Number, ImportCodes.BadTime, first.StatedTime);
            return null;
        }
        if (first.Clock is not { } clock)
        {
            if (date is { } day) return new(day.ToDateTime(default, DateTimeKind.Utc), Precision.Day);
            doubts.Add(ImportDoubt.NoTime);
            return OccurrenceTime.OrderOnly;
        }
        if (date is null)
        {
            _problems.Add(bullet.Number, ImportCodes.ClockWithoutDate, first.StatedTime);
            return null;
        }
        if (date.Value.Year is < 1900 or > 2199)
        {
            _problems.Add(bullet.Number, ImportCodes.BadTime, date.Value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
            return null;
        }
        var zone = first.Zone ?? (first.Date is null ? _dated?.Zone : null) ?? _fileZone ?? SourceZone.Unstated;
        if (!zone.IsCertain) doubts.Add(ImportDoubt.ZoneUncertain);
        return new(date.Value.ToDateTime(clock, DateTimeKind.Utc) - zone.Offset, first.Precision);
    }

    // a code block inside the bullet keeps the indentation that goes beyond the bullet's own
    private static string Body(Bullet bullet)
    {
        var margin = bullet.Rest.Where(line => !line.AsSpan().IsWhiteSpace()).Select(Indent).DefaultIfEmpty().Min();
        return string.Join('\n', bullet.Rest.Select(line => line.AsSpan().IsWhiteSpace() ? "" : Dedent(line, margin)).Prepend(bullet.First.Text)).TrimEnd();
    }

    private static int Indent(string line)
    {
        var columns = 0;
        foreach (var c in line)
        {
            if (c == ' ') columns++;
            else if (c == '\t') columns += 4;
            else break;
        }
        return columns;
    }

    private static string Dedent(string line, int margin)
    {
        var start = 0;
        for (var columns = 0; columns < margin; start++) columns += line[start] == '\t' ? 4 : 1;
        return line[start..];
    }

    private sealed record Bullet(int Number, int Indent, MarkdownBullet First, List<string> Rest);
}
