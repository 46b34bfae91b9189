using IncidentDesk.Shared;
using IncidentDesk.Timeline;

namespace IncidentDesk.Import;

/// <summary>One line of a timeline file and the entry that it becomes.</summary>
/// <param name="Line">1-based line of the file on which the event starts.</param>
/// <param name="Category">The file's own word for the kind of event, kept as it is; empty where there is none.</param>
/// <param name="SourcePrecision">The file's own word for the precision, kept as it is (<c>derived</c>, <c>ambiguous-tz</c>, …).</param>
/// <param name="Doubts">What a person should look at before applying; empty when the line is plain.</param>
public sealed record ImportLine(
    int Line,
    OccurrenceTime OccurredAt,
    EntryKind Kind,
    string Body,
    string Category,
    string SourceUrl,
    string SourcePrecision,
    string StatedTime,
    IReadOnlyList<ImportDoubt> Doubts);

/// <summary>Why a line deserves a look. It imports all the same.</summary>
public enum ImportDoubt
{
    /// <summary>Earlier than the line before it.</summary>
    OutOfOrder,

    /// <summary>No time at all: only its place in the file is known.</summary>
    NoTime,

    /// <summary>The source does not say in which zone its time is.</summary>
    ZoneUncertain,

    /// <summary>Worked out from other statements, not stated.</summary>
    Derived,

    /// <summary>The category is not known to the desk; it becomes a note.</summary>
    CategoryUnknown,

    /// <summary>The precision is not known to the desk; it is taken as "about".</summary>
    PrecisionUnknown,

    /// <summary>Later than the desk's clock.</summary>
    InFuture,

    /// <summary>The same event, to the letter, is already in the incident; it will be skipped.</summary>
    AlreadyImported,

    /// <summary>Two lines of the file give the same event different times.</summary>
    Contradicts,
}

/// <summary>A line that cannot become an entry. One is enough to refuse the file.</summary>
/// <param name="Line">1-based line of the file, or 0 for the file as a whole.</param>
/// <param name="Code">Names the text in the reader's language: <c>Error.{Code}</c>.</param>
public sealed record ImportProblem(int Line, string Code, params object[] Args);

/// <summary>What a file says, before anything is applied.</summary>
/// <param name="Lines">In the order of the file.</param>
/// <param name="Problems">In the order of the file; at most <see cref="TimelineFile.MaxProblems"/>.</param>
/// <param name="SkippedLines">1-based lines of a Markdown file that are neither entry nor dated heading. They do not block.</param>
public sealed record ParsedFile(IReadOnlyList<ImportLine> Lines, IReadOnlyList<ImportProblem> Problems, IReadOnlyList<int> SkippedLines);
