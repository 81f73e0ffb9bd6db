namespace EdgeFilter.Proxy.Review;

/// <summary>Answers that endpoints share.</summary>
internal static class Answer
{
    public static IResult Json<T>(T value) => Results.Json(value, ApiJson.Options);

    public static IResult Problem(int status, string problem) => Results.Json(new ApiProblem(problem), ApiJson.Options, statusCode: status);

    public static IResult BadRequest(string problem) => Problem(StatusCodes.Status400BadRequest, problem);

    public static IResult NotFound(string problem) => Problem(StatusCodes.Status404NotFound, problem);

    public static Session SessionOf(this HttpContext context) =>
        context.Features.Get<Session>() ?? throw new InvalidOperationException("This endpoint was reached without a session.");

    public static string NameOf(this HttpContext context) => context.SessionOf().Account.Name;
}
