namespace IncidentDesk.Shared;

/// <summary>Cells of CSV files that people open in spreadsheets.</summary>
public static class Cells
{
    /// <summary>A spreadsheet takes a cell that begins like a formula for one; an apostrophe in front makes it text again.</summary>
    /// <remarks>The beginnings that the OWASP lists (CSV Injection), and the apostrophe itself, so that <see cref="Unguard"/> gives back what was there.</remarks>
    public static string Guard(string cell) => cell.Length > 0 && IsRisky(cell[0]) ? "'" + cell : cell;

    public static string Unguard(string cell) => cell.Length > 1 && cell[0] == '\'' && IsRisky(cell[1]) ? cell[1..] : cell;

    private static bool IsRisky(char first) => first is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\'' or '＝' or '＋' or '－' or '＠';
}
