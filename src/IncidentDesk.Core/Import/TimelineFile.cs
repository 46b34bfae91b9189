using IncidentDesk.Timeline;

namespace IncidentDesk.Import;

public enum TimelineFormat
{
    /// <summary><c>utc,event,category,source_url,precision,stated_time</c> with a header line.</summary>
    Csv,

    /// <summary>Bullets <c>HH:MM text</c> under dated headings.</summary>
    Markdown,
}

/// <summary>Reads a timeline that was written elsewhere.</summary>
public static class TimelineFile
{
    public const int MaxBytes = 4 * 1024 * 1024;
    public const int MaxLines = 20_000;

    /// <summary>More than these are not listed.</summary>
    public const int MaxProblems = 200;

    /// <summary>In UTF-16 code units, as are the limits below.</summary>
    public const int MaxEventLength = TimelineEntry.MaxBodyLength;
    public const int MaxUrlLength = 2_000;
    public const int MaxWordsLength = 500;

    /// <summary>Never throws for what is in the file: whatever is wrong with it is among the problems.</summary>
    public static ParsedFile Parse(ReadOnlySpan<byte> content, TimelineFormat format, DateTime utcNow)
    {
        var problems = new ProblemList();
        if (TimelineText.Decode(content, problems) is not { } text) return new([], problems.All, []);

        List<int> skipped = [];
        var lines = format switch
        {
            TimelineFormat.Csv => CsvTimeline.Read(text, problems),
            TimelineFormat.Markdown => MarkdownTimeline.Read(text, problems, skipped),
        };
        if (lines.Count == 0 && problems.All.Count == 0) problems.Add(0, ImportCodes.NoEvents);
        return new(LineDoubts.AddTo(lines, utcNow), problems.All, skipped);
    }
}

/// <summary>What is wrong with a file, up to the number that a person would read.</summary>
internal sealed class ProblemList
{
    private readonly List<ImportProblem> _problems = [];

    public IReadOnlyList<ImportProblem> All => _problems;

    public bool IsFull => _problems.Count >= TimelineFile.MaxProblems;

    public void Add(int line, string code, params object[] args)
    {
        if (!IsFull) _problems.Add(new(line, code, args));
    }

    /// <summary>True when the value fits; else says which column is too long.</summary>
    public bool Fits(int line, string column, string value, int max)
    {
        if (value.Length <= max) return true;
        Add(line, ImportCodes.TooLong, column, max, value.Length);
        return false;
    }
}
