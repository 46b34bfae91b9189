using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IncidentDesk.Benchmarks;

/// <summary>Times of one thing, in milliseconds.</summary>
internal sealed record Samples(IReadOnlyList<double> Milliseconds)
{
    public double P50 => At(0.50);
    public double P95 => At(0.95);

    public static Samples Of(params IEnumerable<double>[] rounds) => new([.. rounds.SelectMany(r => r)]);

    private double At(double share)
    {
        if (Milliseconds.Count == 0) return double.NaN;
        var sorted = Milliseconds.Order().ToList();
        return sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
    }
}

/// <summary>One line of the table.</summary>
/// <param name="Unit">Of all its numbers: ms, MiB, count.</param>
/// <param name="Floor">What the platform alone does, measured in the same run; null where there is nothing to compare with.</param>
/// <param name="Ratio">Of the medians, to the floor or to what <paramref name="Against"/> names.</param>
/// <param name="Budget">As promised, in words.</param>
/// <param name="Met">Null where nothing is promised.</param>
internal sealed record Row(string Name, string Unit, int Count, double P50, double? P95, double? Floor, double? FloorP95, double? Ratio, string Against, string Budget, bool? Met);

/// <summary>What was measured, as a table for people and as JSON for programs.</summary>
internal sealed class Report
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly List<Row> _rows = [];
    private readonly List<string> _notes = [];

    /// <param name="most">The ratio of the medians that the budget allows; null where nothing is promised.</param>
    public void Time(string name, Samples samples, Samples? floor = null, double? most = null, string against = "floor", bool holds = true, string? budget = null)
    {
        double? ratio = floor is null ? null : samples.P50 / floor.P50;
        Add(new Row(name, "ms", samples.Milliseconds.Count, samples.P50, samples.P95, floor?.P50, floor?.P95, ratio, floor is null ? "" : against,
            budget ?? (most is null ? "" : string.Create(CultureInfo.InvariantCulture, $"≤ {most:0.0#} × {against}")), most is null ? null : ratio <= most && holds));
    }

    public void Amount(string name, string unit, int count, double value, double? most = null) =>
        Add(new Row(name, unit, count, value, null, null, null, null, "", most is null ? "" : string.Create(CultureInfo.InvariantCulture, $"≤ {most:0.##} {unit}"), most is null ? null : value <= most));

    public void Note(string text)
    {
        _notes.Add(text);
        Console.WriteLine($"  {text}");
    }

    public void Print()
    {
        Console.WriteLine();
        Console.WriteLine("| What | n | p50 | p95 | compared with: p50 / p95 | × | Budget | |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---|---|");
        foreach (var row in _rows)
        {
            var floor = row.Floor is null ? "" : $"{Number(row.Floor)} / {Number(row.FloorP95)}";
            Console.WriteLine($"| {row.Name} | {row.Count} | {Number(row.P50)} {row.Unit} | {Number(row.P95)} | {floor} | {Number(row.Ratio)} | {row.Budget} | {row.Met switch { true => "met", false => "MISSED", null => "" }} |");
        }
        Console.WriteLine();
        foreach (var note in _notes) Console.WriteLine(note);
    }

    public Task WriteAsync(string path, Machine machine) =>
        File.WriteAllTextAsync(path, JsonSerializer.Serialize(new { Machine = machine, Rows = _rows, Notes = _notes }, Json));

    private void Add(Row row)
    {
        _rows.Add(row);
        Console.WriteLine($"  {row.Name}: {Number(row.P50)} {row.Unit}, p95 {Number(row.P95)}, compared with {Number(row.Floor)}, × {Number(row.Ratio)}");
    }

    private static string Number(double? value) => value is null ? "–" : value.Value.ToString(value >= 100 ? "0" : value >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
