using System.Globalization;
using IncidentDesk.Attacks;
using IncidentDesk.Import;
using IncidentDesk.Shared;
using Microsoft.Extensions.Localization;

namespace IncidentDesk.Web.Texts;

/// <summary>The desk's words in the reader's language.</summary>
public sealed class Say(IStringLocalizer<DeskTexts> texts)
{
    /// <exception cref="MissingTextException">The key stands in no resource.</exception>
    public string this[string key] => Found(texts[key]);

    /// <exception cref="MissingTextException">The key stands in no resource.</exception>
    public string this[string key, params object[] args] => Found(texts[key, args]);

    /// <summary>What is counted: <c>Key.One</c> of one, <c>Key</c> of none and many.</summary>
    /// <param name="args">The count alone when left out.</param>
    public string Count(string key, int count, params object[] args) => this[count == 1 ? $"{key}.One" : key, args.Length == 0 ? [count] : args];

    /// <summary>The word for a member of the vocabulary, such as <c>Status.Mitigating</c>.</summary>
    public string Word<T>(T value) where T : struct, Enum => this[$"{typeof(T).Name}.{value}"];

    /// <summary>The name of an attack vector; the slug itself when the desk does not know it.</summary>
    public string Vector(string slug) => AttackVectors.Find(slug) is not { } vector ? slug : CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "es" ? vector.NameEs : vector.NameEn;

    /// <summary>What went wrong, what was kept and what to do.</summary>
    public string Error(Error error) => this["Error." + error.Code, [.. error.Args.Select(Argument)]];

    /// <summary>The same for an import's problem.</summary>
    public string Error(ImportProblem problem) => this["Error." + problem.Code, [.. problem.Args.Select(Argument)]];

    private object Argument(object argument) => argument switch
    {
        Enum word => this[$"{word.GetType().Name}.{word}"],
        DateTime utc => utc.ToString("yyyy-MM-dd HH:mm", CultureInfo.CurrentCulture) + " UTC",
        int or long => string.Format(CultureInfo.CurrentCulture, "{0:N0}", argument),
        _ => argument,
    };

    private static string Found(LocalizedString text) => text.ResourceNotFound ? throw new MissingTextException(text.Name) : text.Value;
}

/// <summary>A word of the desk is missing from its resources: a bug, found by the tests.</summary>
public sealed class MissingTextException(string key) : Exception($"No text for '{key}'.");
