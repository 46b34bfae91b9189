using IncidentDesk.Shared;
using Xunit;

namespace IncidentDesk.Tests;

internal static class Refused
{
    /// <summary>The answer is this kind of error with this code.</summary>
    /// <returns>The error.</returns>
    public static TError With<TError, T>(string code, Result<T> result) where TError : Error
    {
        var error = Assert.IsType<TError>(result.Error);
        Assert.Equal(code, error.Code);
        return error;
    }

    /// <summary>The command's field is not acceptable.</summary>
    public static Invalid Field<T>(string? field, string code, Result<T> result)
    {
        var invalid = With<Invalid, T>(code, result);
        Assert.Equal(field, invalid.Field);
        return invalid;
    }

    public static void Forbidden<T>(string code, Result<T> result) => With<Forbidden, T>(code, result);

    public static void NotFound<T>(string code, Result<T> result) => With<NotFound, T>(code, result);

    /// <summary>Somebody was quicker.</summary>
    /// <returns>What stands now.</returns>
    public static TCurrent Conflict<TCurrent, T>(string code, Result<T> result) => Assert.IsType<TCurrent>(With<Conflict, T>(code, result).Current);
}
