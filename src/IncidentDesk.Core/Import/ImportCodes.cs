namespace IncidentDesk.Import;

/// <summary>The codes of <see cref="ImportProblem"/>, with the arguments of their texts.</summary>
public static class ImportCodes
{
    /// <summary>Most bytes, bytes of the file.</summary>
    public const string TooLarge = "ImportTooLarge";

    /// <summary>Most lines, lines of the file.</summary>
    public const string TooManyLines = "ImportTooManyLines";

    public const string Empty = "ImportEmpty";

    /// <summary>The line holds bytes that are neither UTF-8 nor, after a byte order mark, UTF-16: most likely Windows-1252 or Latin-1.</summary>
    public const string NotUnicode = "ImportNotUnicode";

    /// <summary>The character as <c>U+0000</c>.</summary>
    public const string ControlCharacter = "ImportControlCharacter";

    /// <summary>Readable, but without a single event.</summary>
    public const string NoEvents = "ImportNoEvents";

    /// <summary>Name of the column.</summary>
    public const string ColumnMissing = "ImportColumnMissing";

    /// <summary>Name of the column.</summary>
    public const string ColumnTwice = "ImportColumnTwice";

    /// <summary>Fields of the header, fields of the row.</summary>
    public const string FieldCount = "ImportFieldCount";

    /// <summary>A quotation mark inside an unquoted field, or a quotation that never ends.</summary>
    public const string BadQuote = "ImportBadQuote";

    public const string EventMissing = "ImportEventMissing";

    /// <summary>Name of the column, most characters, characters of the value.</summary>
    public const string TooLong = "ImportTooLong";

    /// <summary>The text that is no time.</summary>
    public const string BadTime = "ImportBadTime";

    /// <summary>Neither a time nor the precision <c>order-only</c>.</summary>
    public const string TimeMissing = "ImportTimeMissing";

    /// <summary>The time beside the precision <c>order-only</c>.</summary>
    public const string OrderOnlyWithTime = "ImportOrderOnlyWithTime";

    /// <summary>The precision that a date without a clock time cannot have.</summary>
    public const string DateWithoutClock = "ImportDateWithoutClock";

    /// <summary>A heading whose date lacks its year, does not exist, or may be read in two ways.</summary>
    public const string UnclearDate = "ImportUnclearDate";

    /// <summary>The clock time that stands under no date.</summary>
    public const string ClockWithoutDate = "ImportClockWithoutDate";
}
